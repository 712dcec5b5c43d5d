using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Dashboard.Live;
using WallTrack.Tests.Time;

namespace WallTrack.Tests.Live;

public sealed class ConnectionStateTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task The_uptime_moves_with_the_clock()
    {
        await using var circuit = NewCircuit(isInteractive: true);
        var connection = circuit.Render<ConnectionState>();
        Assert.Equal("0 s", connection.Find("[data-uptime]").TextContent);

        _time.Advance(TimeSpan.FromSeconds(125));

        connection.WaitForAssertion(() => Assert.Equal("2 m 05 s", connection.Find("[data-uptime]").TextContent));
    }

    [Fact]
    public async Task Before_the_circuit_stands_it_says_connecting()
    {
        await using var circuit = NewCircuit(isInteractive: false);
        var connection = circuit.Render<ConnectionState>(parameters =>
            parameters.SetAssignedRenderMode(RenderMode.InteractiveServer));

        Assert.Equal("Connecting…", connection.Find("p").TextContent.Trim());
    }

    [Fact]
    public async Task A_static_page_claims_no_connection()
    {
        await using var circuit = NewCircuit(isInteractive: false);
        var connection = circuit.Render<ConnectionState>();

        Assert.Empty(connection.FindAll("p"));
    }

    private BunitContext NewCircuit(bool isInteractive)
    {
        var circuit = new BunitContext();
        circuit.Services.AddSingleton<TimeProvider>(_time);
        circuit.Services.AddSingleton(new Uptime(_time));
        circuit.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive));
        return circuit;
    }
}
