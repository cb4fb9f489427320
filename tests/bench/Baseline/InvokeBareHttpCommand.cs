using System.Management.Automation;
using System.Net.Http.Json;

namespace ChatPS.Bench.Baseline;

/// <summary>A bare <see cref="HttpClient"/> with System.Text.Json.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "BareHttp")]
[OutputType(typeof(Answer))]
public sealed class InvokeBareHttpCommand : BareCmdlet
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false });

    private protected override async Task<Response> AskAsync(Request request)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync(BaseUri + "/chat/completions", request, WireContext.Default.Request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(WireContext.Default.Response))!;
    }
}
