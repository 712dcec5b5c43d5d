using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WallTrack.Tests.Browser.Circuits;

/// <summary>
/// A page without a browser: it loads the page, opens its circuit as Blazor's script does, answers what the server asks of
/// it, and hands on each change of the page as the bytes that came over the wire.
/// </summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _circuit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<byte[]> _onRender;
    private Task _receiving = Task.CompletedTask;
    private volatile bool _isLeaving;

    private CircuitClient(Uri address, Action<byte[]> onRender) => (_http, _onRender) = (new() { BaseAddress = address }, onRender);

    /// <param name="onRender">Called for each change, when it has arrived.</param>
    public static async Task<CircuitClient> OpenAsync(Uri address, string path, Action<byte[]> onRender)
    {
        var client = new CircuitClient(address, onRender);
        await client.ConnectAsync(path);
        return client;
    }

    /// <summary>As a browser does when a page is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        using (var farewell = new MultipartFormDataContent { { new StringContent(await _circuit.Task), "circuitId" } })
        using (await _http.PostAsync(new Uri("_blazor/disconnect", UriKind.Relative), farewell))
            await _stop.CancelAsync();
        await _receiving;
        _socket.Dispose();
        _http.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    private async Task ConnectAsync(string path)
    {
        var html = await _http.GetStringAsync(new Uri(path, UriKind.Relative));
        using var negotiated = await _http.PostAsync(new Uri("_blazor/negotiate?negotiateVersion=1", UriKind.Relative), null);
        using var answer = JsonDocument.Parse(await negotiated.Content.ReadAsStringAsync());
        var token = answer.RootElement.GetProperty("connectionToken").GetString()!;
        await _socket.ConnectAsync(new($"ws://{_http.BaseAddress!.Authority}/_blazor?id={Uri.EscapeDataString(token)}"), _stop.Token);
        await SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"));
        _receiving = ReceiveAsync();
        await SendAsync(PackedMessages.Call("0", "StartCircuit", _http.BaseAddress.ToString(), new Uri(_http.BaseAddress, path).ToString(), "[]", ""));
        await _circuit.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var operations = Component().Matches(html).Select((match, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{match.Groups[1].Value}}}""");
        await SendAsync(PackedMessages.Call(null, "UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", State().Match(html).Groups[1].Value));
    }

    private async Task ReceiveAsync()
    {
        var (buffer, filled, isGreeted) = (new byte[1 << 16], 0, false);
        try
        {
            while (true)
            {
                if (filled == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                var received = await _socket.ReceiveAsync(buffer.AsMemory(filled), _stop.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                    break;
                filled += received.Count;
                if (!isGreeted)
                {
                    var end = Array.IndexOf(buffer, (byte)0x1e, 0, filled);
                    if (end < 0)
                        continue;
                    (isGreeted, filled) = (true, filled - end - 1);
                    Array.Copy(buffer, end + 1, buffer, 0, filled);
                }

                var (messages, used) = PackedMessages.Read(buffer.AsSpan(0, filled));
                Array.Copy(buffer, used, buffer, 0, filled -= used);
                foreach (var message in messages)
                    await HearAsync(message);
            }
        }
        catch (Exception ending) when (_stop.IsCancellationRequested && ending is OperationCanceledException or WebSocketException)
        {
            // closed by us
        }
    }

    private async Task HearAsync(object?[] message)
    {
        if (message is [3L, _, "0", ..])
        {
            if (message is [.., string circuit])
                _circuit.TrySetResult(circuit);
            else
                _circuit.TrySetException(new InvalidOperationException("The server opened no circuit."));
        }
        else if (message is [1L, _, _, string target, object?[] arguments, ..])
        {
            switch (target, arguments)
            {
                case ("JS.RenderBatch", [long id, byte[] change, ..]):
                    _onRender(change);
                    await SendAsync(PackedMessages.Call(null, "OnRenderCompleted", id, null));
                    break;
                case ("JS.BeginInvokeJS", [long and not 0 and var task, ..]):
                    await SendAsync(PackedMessages.Call(null, "EndInvokeJSFromDotNet", task, true, $"[{task},true,null]"));
                    break;
                case ("JS.Error", [var error, ..]) when !_isLeaving: // to an answer that crosses the farewell the server says that the circuit is gone
                    throw new InvalidOperationException($"The circuit broke: {error}");
            }
        }
    }

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync(_stop.Token);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    [GeneratedRegex("<!--Blazor:(\\{[^>]*\"descriptor\"[^>]*\\})-->")]
    private static partial Regex Component();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([^>]*)-->")]
    private static partial Regex State();
}
