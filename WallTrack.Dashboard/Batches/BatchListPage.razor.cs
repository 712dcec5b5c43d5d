using Microsoft.AspNetCore.Components;
using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>All batches. Which of them are shown is in the address.</summary>
public sealed partial class BatchListPage
{
    [SupplyParameterFromQuery]
    private string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageNumber { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private BatchStatus? Chosen => Enum.GetValues<BatchStatus>().Cast<BatchStatus?>().FirstOrDefault(status => WordOf(status) == Status);

    private int Number => int.TryParse(PageNumber, out var number) && number is > 0 and < 1_000_000 ? number : 1;

    private string Pressed(BatchStatus? status) => status == Chosen ? "true" : "false";

    private void Show(BatchStatus? status, int page) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["status"] = WordOf(status),
        ["page"] = page == 1 ? null : page,
    }));

    private static string? WordOf(BatchStatus? status) => status is { } one ? RunStates.WordOf(RunStates.Of(one)) : null;
}
