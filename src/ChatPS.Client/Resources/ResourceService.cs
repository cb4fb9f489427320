using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Resources;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Api.Wire;
using ChatPS.Client.Json;
using Refit;

namespace ChatPS.Client.Resources;

/// <summary>What a service keeps and tells of in one uniform way: it is listed in pages, looked at, made, changed and deleted.</summary>
public sealed class ResourceService
{
    private const int LargestPage = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    // How long the look may last that is made when the time of a wait is up.
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;

    internal ResourceService(ServiceConnection connection, TimeProvider? time = null)
    {
        Connection = connection;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Gets the connection.</summary>
    internal ServiceConnection Connection { get; }

    /// <summary>Lists resources. Pages are fetched as they are needed.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The resources in the order of the service.</returns>
    /// <exception cref="ChatServiceException">A page could not be fetched; it says why.</exception>
    public async IAsyncEnumerable<T> ListAsync<T>(ResourceKind<T> kind, ResourceFilter filter, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        ParameterRules.AtLeast(filter.First, 1, "-First");
        ResourcePlace place = new(filter.Parent, "") { Input = filter.Input };
        IAsyncEnumerable<(string? Id, T Item)> items = Pages.ReadAsync(
            filter.First,
            (after, most, token) => SendAsync(
                kind,
                place,
                settings,
                call => kind.List!(call with { Query = Query(filter, settings, after, Math.Min(most, LargestPage)) }, filter.Group),
                (answer, call) => PageOf(kind, place, answer, call),
                token),
            static item => item.Id,
            cancellationToken);
        await foreach ((_, T item) in items)
        {
            yield return item;
        }
    }

    /// <summary>Looks at a resource.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which one.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The resource.</returns>
    /// <exception cref="ChatServiceException">There is none, or the call failed.</exception>
    public Task<T> GetAsync<T>(ResourceKind<T> kind, ResourcePlace place, CallSettings settings, CancellationToken cancellationToken)
        where T : class => OneAsync(kind, place, settings, kind.Get!, cancellationToken);

    /// <summary>Makes a resource.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">What it lies in.</param>
    /// <param name="fields">What it is made from: plain values by their names on the wire.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The resource.</returns>
    /// <exception cref="ChatServiceException">It was not made; it says why.</exception>
    public Task<T> CreateAsync<T>(ResourceKind<T> kind, ResourcePlace place, IReadOnlyDictionary<string, object?> fields, CallSettings settings, CancellationToken cancellationToken)
        where T : class => OneAsync(kind, place, settings, WithBody(kind.Create!, fields, settings), cancellationToken);

    /// <summary>Makes several resources with one call.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">What they lie in.</param>
    /// <param name="fields">What they are made from: plain values by their names on the wire.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The resources.</returns>
    /// <exception cref="ChatServiceException">They were not made; it says why.</exception>
    public async Task<IReadOnlyList<T>> CreateManyAsync<T>(ResourceKind<T> kind, ResourcePlace place, IReadOnlyDictionary<string, object?> fields, CallSettings settings, CancellationToken cancellationToken)
        where T : class
    {
        Page<(string? Id, T Item)> made = await SendAsync(kind, place, settings, WithBody(kind.Create!, fields, settings), (answer, call) => PageOf(kind, place, answer, call), cancellationToken);
        return [.. made.Items.Select(item => item.Item)];
    }

    /// <summary>Changes a resource.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which one.</param>
    /// <param name="fields">What changes: plain values by their names on the wire.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The resource as it is now.</returns>
    /// <exception cref="ChatServiceException">It was not changed; it says why.</exception>
    public Task<T> ChangeAsync<T>(ResourceKind<T> kind, ResourcePlace place, IReadOnlyDictionary<string, object?> fields, CallSettings settings, CancellationToken cancellationToken)
        where T : class => OneAsync(kind, place, settings, WithBody(kind.Change!, fields, settings), cancellationToken);

    /// <summary>Deletes a resource.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which one.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>When it is deleted.</returns>
    /// <exception cref="ChatServiceException">There is none, or it was not deleted.</exception>
    public async Task DeleteAsync<T>(ResourceKind<T> kind, ResourcePlace place, CallSettings settings, CancellationToken cancellationToken)
        where T : class
    {
        Require(kind.Plural, place);
        await FindAsync(kind, place, async () =>
        {
            using CallContext call = Connection.Begin(settings, cancellationToken);
            using HttpResponseMessage response = await Connection.OpenAsync(call, (context, token) => kind.Delete!(new ResourceCall(Connection, place, context, token)));

            // Some answer with nothing, some with what is left.
            string body = await BodyReader.ReadAsync(response.Content, Connection.Settings.MaxResponseBytes, call.Token);
            if (body.Length > 0 && JsonMembers.TryParse(body) is { } answer && JsonText.Member(answer, "deleted") is { ValueKind: JsonValueKind.False })
            {
                throw FailureMapper.FromException(new WireFormatException($"The service did not delete '{place.Id}'.", body), call);
            }

            call.Succeed(model: null);
            return place.Id;
        });
    }

    /// <summary>Looks at a resource until the service is done with it.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which one.</param>
    /// <param name="percent">How far the service is with it; null once it is done.</param>
    /// <param name="limit">How long to wait; null for as long as it takes.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The resource as it is then.</returns>
    /// <exception cref="ChatServiceException">There is none, a call failed, or the time is up.</exception>
    public async Task<T> WaitAsync<T>(ResourceKind<T> kind, ResourcePlace place, Func<T, double?> percent, TimeSpan? limit, CallSettings settings, CancellationToken cancellationToken)
        where T : class
    {
        long start = _time.GetTimestamp();
        Polling polling = new(_time, FirstPause, LongestPause);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (limit + LastLook is { TotalMilliseconds: < int.MaxValue } end)
        {
            over.CancelAfter(end);
        }

        try
        {
            while (true)
            {
                T seen = await GetAsync(kind, place, settings, over.Token);
                if (percent(seen) is not { } far)
                {
                    return seen;
                }

                settings.Watch?.Sees(new ChatGeneration { Id = place.Id, Status = ChatGenerationStatus.Running, Progress = far });
                TimeSpan? left = limit - _time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                {
                    throw TooLong();
                }

                await polling.WaitAsync(over.Token, left);
            }
        }
        catch (Exception exception) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested && exception is OperationCanceledException or ChatServiceException { ErrorId: ErrorIds.Timeout })
        {
            throw TooLong();
        }

        ChatServiceException TooLong() => new(
            ErrorIds.Timeout,
            FormattableString.Invariant($"The service is still at work on the {kind.Name} '{place.Id}' after {limit!.Value.TotalSeconds:0.#} seconds."),
            "It goes on there: wait for it again, or give -TimeoutSec a larger value.");
    }

    /// <summary>Makes a call, and says what to do where there is nothing of that id.</summary>
    /// <typeparam name="T">What users see of the kind.</typeparam>
    /// <typeparam name="TResult">What the call gives.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which resource.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What it gives.</returns>
    internal Task<TResult> SendAsync<T, TResult>(
        ResourceKind<T> kind,
        ResourcePlace place,
        CallSettings settings,
        Func<ResourceCall, Task<IApiResponse<ResourceAnswer>>> send,
        Func<ResourceAnswer, CallContext, TResult> read,
        CancellationToken cancellationToken)
        where T : class
    {
        Require(kind.Plural, place);
        return FindAsync(kind, place, () => Connection.SendAsync(settings, (call, token) => send(new ResourceCall(Connection, place, call, token)), read, cancellationToken));
    }

    /// <summary>Makes a body, with what the user adds to it.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The body.</returns>
    internal static ResourceBody Body(IReadOnlyDictionary<string, object?> fields, CallSettings settings)
    {
        ParameterRules.Metadata(fields.TryGetValue("metadata", out object? notes) ? notes as IReadOnlyDictionary<string, string> : null);
        return new ResourceBody
        {
            Fields = PlainJson.ToElement(fields, "-AdditionalBody")!.Value.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal),
            AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
        };
    }

    /// <summary>Finds out, before anything is sent, whether the service can have such a thing.</summary>
    /// <param name="plural">What several are called.</param>
    /// <param name="place">Which one.</param>
    /// <exception cref="ChatServiceException">It cannot.</exception>
    internal void Require(string plural, ResourcePlace place)
    {
        Connection.Require<OpenAIEndpoints>(plural);
        if (place.Parent.Length > 0)
        {
            ParameterRules.PathSegment(place.Parent, "The id");
        }

        if (place.Id.Length > 0)
        {
            ParameterRules.PathSegment(place.Id, "-Id");
        }
    }

    private Task<T> OneAsync<T>(ResourceKind<T> kind, ResourcePlace place, CallSettings settings, Func<ResourceCall, Task<IApiResponse<ResourceAnswer>>> send, CancellationToken cancellationToken)
        where T : class => SendAsync(
            kind,
            place,
            settings,
            send,
            (answer, call) => answer.Root.ValueKind == JsonValueKind.Object ? kind.Read(new ResourceReader(answer.Root, place, call)) : throw new WireFormatException($"The answer is no {kind.Name}.", answer.Raw),
            cancellationToken);

    private static Func<ResourceCall, Task<IApiResponse<ResourceAnswer>>> WithBody(
        Func<ResourceCall, Task<IApiResponse<ResourceAnswer>>> send, IReadOnlyDictionary<string, object?> fields, CallSettings settings) => call => send(call with { Body = Body(fields, settings) });

    private static Page<(string? Id, T Item)> PageOf<T>(ResourceKind<T> kind, ResourcePlace place, ResourceAnswer answer, CallContext call)
        where T : class
    {
        JsonElement data = answer.Root.ArrayOf("data") ?? throw new WireFormatException($"The answer is no list of {kind.Plural}.", answer.Raw);
        return Pages.Of<(string? Id, T Item)>(
            [.. data.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => (item.TextOf("id"), kind.Read(new ResourceReader(item.Clone(), place, call))))],
            JsonText.Member(answer.Root, "has_more") is { ValueKind: JsonValueKind.True },
            answer.Root.TextOf("last_id") is { Length: > 0 } last ? last : null,
            static item => item.Id);
    }

    private static async Task<TResult> FindAsync<T, TResult>(ResourceKind<T> kind, ResourcePlace place, Func<Task<TResult>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (ChatServiceException failure) when (failure.StatusCode == 404 && failure.MissingEndpoint is null)
        {
            throw Failures.WithAdvice(failure, $"Check {Missing(kind, place, failure.Message)}: it may be deleted, have expired, or belong to another project or connection.");
        }
    }

    // The service names what it does not find; without an id it can be what the resource lies in, or what it is made of.
    private static string Missing<T>(ResourceKind<T> kind, ResourcePlace place, string words)
        where T : class
        => place.Parent.Length > 0 && Names(words, place.Parent) && !(place.Id.Length > 0 && Names(words, place.Id)) ? $"the id of the {kind.ParentName}"
            : place.Id.Length > 0 ? $"the id of the {kind.Name}"
            : "the ids that were given";

    private static bool Names(string words, string id) => words.Contains(id, StringComparison.Ordinal);

    private static Dictionary<string, string> Query(ResourceFilter filter, CallSettings settings, string? after, int size)
    {
        Dictionary<string, string> query = Pages.Query(settings, after, size, filter.Order);
        foreach (KeyValuePair<string, string> field in filter.Fields)
        {
            query[field.Key] = field.Value;
        }

        return query;
    }
}
