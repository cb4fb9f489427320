using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Generations;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;
using Refit;

namespace ChatPS.Client.Generations;

/// <summary>Makes a family's calls on a connection.</summary>
/// <param name="connection">The connection.</param>
/// <param name="settings">What the calls do otherwise.</param>
/// <param name="cancellationToken">Stops them.</param>
internal sealed class GenerationCalls(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken)
{
    /// <summary>Gets the address of the service.</summary>
    public Uri Address => connection.Settings.BaseUri;

    /// <summary>Gets whether a key goes along in <c>Authorization</c>, with a word before it.</summary>
    public bool HasKeyWord => connection.Settings is { Key: not null, KeyHeader: null or "Authorization" };

    /// <summary>Gets the client of a family, whose paths begin at the root of the service.</summary>
    /// <typeparam name="T">Its Refit interface.</typeparam>
    /// <returns>The client.</returns>
    public T Client<T>()
        where T : class => connection.RootClient<T>(GenerationsJsonContext.Default);

    /// <summary>Finds the form of a task.</summary>
    /// <param name="forms">The forms of its family.</param>
    /// <param name="name">The name of the form; null for the first.</param>
    /// <returns>The form.</returns>
    public static GenerationForm FormOf(IReadOnlyList<GenerationForm> forms, string? name) => forms.FirstOrDefault(form => form.Name == name) ?? forms[0];

    /// <summary>Finds what stands before the paths of a form. Steps that the address of the service ends with already, as in <c>https://host/api/v3</c>, are not repeated.</summary>
    /// <param name="form">The form.</param>
    /// <returns>The steps, without a slash at either end.</returns>
    public string Root(GenerationForm form)
    {
        string[] there = BaseAddress.BeforeVersion(Address).AbsolutePath.Trim('/').Split('/');
        string[] steps = form.Prefix.Split('/');
        int shared = Enumerable.Range(0, Math.Min(there.Length, steps.Length) + 1).Reverse().First(count => there.Skip(there.Length - count).SequenceEqual(steps.Take(count), StringComparer.Ordinal));
        return string.Join("/", steps.Skip(shared));
    }

    /// <summary>Finds the same to stand before a path.</summary>
    /// <param name="form">The form.</param>
    /// <returns>The steps with a slash behind them; empty for none.</returns>
    public string Prefix(GenerationForm form) => Root(form) is { Length: > 0 } root ? root + "/" : "";

    /// <summary>Makes the address of something at the service itself.</summary>
    /// <param name="path">The path from the root of the service.</param>
    /// <returns>The address.</returns>
    public string AddressOf(string path) => BaseAddress.BeforeVersion(Address).AbsoluteUri.TrimEnd('/') + path;

    /// <summary>Makes a body, with what the user adds to it.</summary>
    /// <param name="fields">The fields: plain values.</param>
    /// <param name="addsOwn">Whether the user's own members belong into it.</param>
    /// <returns>The body.</returns>
    public GenerationBody Body(Dictionary<string, object?> fields, bool addsOwn = true) => new()
    {
        Fields = PlainJson.ToElement(fields, "-AdditionalBody")!.Value.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal),
        AdditionalBody = addsOwn ? PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody") : null,
    };

    /// <summary>Makes a call.</summary>
    /// <param name="send">Sends it.</param>
    /// <param name="read">Reads what came; throws <see cref="WireFormatException"/> where the service refuses.</param>
    /// <param name="model">The model that is asked; null for none.</param>
    /// <returns>What the service says of the task.</returns>
    public Task<GenerationState> SendAsync(Func<CallContext, CancellationToken, Task<IApiResponse<GenerationAnswer>>> send, Func<JsonElement, GenerationState> read, string? model = null)
    {
        TimeSpan? pollAfter = null;
        return AskAsync(
            async (call, token) =>
            {
                IApiResponse<GenerationAnswer> response = await send(call, token);
                pollAfter = PollAfter.Read(response.Headers, call.Time);
                return response;
            },
            json => read(json) is var state && state.Raw.Length > 0 ? state with { PollAfter = pollAfter } : state with { PollAfter = pollAfter, Raw = json.GetRawText() },
            model);
    }

    /// <summary>Makes a call that tells of many tasks.</summary>
    /// <param name="send">Sends it.</param>
    /// <param name="read">Reads what came; throws <see cref="WireFormatException"/> where the service refuses.</param>
    /// <returns>What the service says of each.</returns>
    public async Task<IReadOnlyList<GenerationState>> SendListAsync(Func<CallContext, CancellationToken, Task<IApiResponse<GenerationAnswer>>> send, Func<JsonElement, IEnumerable<GenerationState>> read)
    {
        TimeSpan? pollAfter = null;
        GenerationState[] states = await AskAsync<GenerationState[]>(
            async (call, token) =>
            {
                IApiResponse<GenerationAnswer> response = await send(call, token);
                pollAfter = PollAfter.Read(response.Headers, call.Time);
                return response;
            },
            json => [.. read(json)]);
        return Array.ConvertAll(states, state => state with { PollAfter = pollAfter });
    }

    /// <summary>Makes a call whose answer is something else.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="send">Sends it.</param>
    /// <param name="read">Reads what came.</param>
    /// <param name="model">The model that is asked; null for none.</param>
    /// <returns>The answer.</returns>
    public Task<T> AskAsync<T>(Func<CallContext, CancellationToken, Task<IApiResponse<GenerationAnswer>>> send, Func<JsonElement, T> read, string? model = null) =>
        connection.SendAsync(settings, send, (answer, _) => read(answer.Root), cancellationToken, model);

    /// <summary>Makes a call whose answer says no more than that it was done.</summary>
    /// <param name="send">Sends it.</param>
    /// <returns>When it is done.</returns>
    public async Task TellAsync(Func<CallContext, CancellationToken, Task<HttpResponseMessage>> send)
    {
        using CallContext call = connection.Begin(settings, cancellationToken);
        using HttpResponseMessage response = await connection.OpenAsync(call, send);
        call.Succeed(model: null);
    }
}
