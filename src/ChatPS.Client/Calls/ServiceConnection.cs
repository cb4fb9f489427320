using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Log;
using ChatPS.Client.Usage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Refit;

namespace ChatPS.Client.Calls;

/// <summary>A connection to a service: its sockets, its handlers and its clients. Safe for many threads.</summary>
public sealed class ServiceConnection : IDisposable
{
    private const string ClientName = "ChatPS";

    private readonly CancellationTokenSource _closing = new();
    private readonly TimeProvider _time;
    private readonly Func<double> _randomizer;
    private readonly UsageLedger _usage;
    private readonly Pacer _pacer;
    private readonly RetryBudget _retries = new();
    private readonly Lazy<ServiceProvider> _services;
    private readonly ConcurrentDictionary<Type, object> _clients = [];
    private readonly ConcurrentDictionary<Type, object> _families = [];
    private HttpMessageHandler? _transport;
    private readonly IdentityKey? _identity;
    private ModelMemory? _models;

    /// <summary>Makes a connection. Nothing is sent before the first call.</summary>
    /// <param name="settings">What it is made from.</param>
    /// <param name="usage">Where its calls are entered; a ledger of its own if not given.</param>
    /// <exception cref="ChatServiceException">The settings cannot work.</exception>
    public ServiceConnection(ConnectionSettings settings, UsageLedger? usage = null)
        : this(settings, TimeProvider.System, NextDouble, usage)
    {
    }

    internal ServiceConnection(ConnectionSettings settings, TimeProvider time, Func<double> randomizer, UsageLedger? usage = null)
    {
        if (settings.Identity is not null)
        {
            _identity = IdentityKey.Of(settings, time);
            settings = settings with { Key = _identity?.ToKey() };
        }

        settings.Validate();
        Settings = settings;
        Log = settings.LogPath is { } path ? AuditLog.Open(path, (LogContent)Enum.Parse(typeof(LogContent), settings.LogContent)) : null;
        _time = time;
        _randomizer = randomizer;
        _usage = usage ?? new UsageLedger();
        _pacer = new Pacer(settings.RequestsPerMinute, settings.TokensPerMinute, time);
        _services = new Lazy<ServiceProvider>(BuildServices);
    }

    /// <summary>What the connection was made from.</summary>
    public ConnectionSettings Settings { get; }

    /// <summary>Finds the model that a request without one is for.</summary>
    /// <param name="requested">The model that was named, if one was.</param>
    /// <returns>That model, else the connection's, else what OPENAI_MODEL says.</returns>
    /// <exception cref="ChatServiceException">None is named anywhere.</exception>
    public string ModelFor(string? requested) => Settings.ModelFor(requested);

    internal Dialect Dialect => Settings.Dialect;

    /// <summary>Gets the log that calls are entered in; null for none.</summary>
    internal AuditLog? Log { get; }

    /// <summary>Gets or sets what is known of the models and their ends; made when it is first asked for.</summary>
    internal ModelMemory KnownModels
    {
        get => _models ?? MakeMemory();
        set => _models = value;
    }

    /// <summary>Gets what warns of models that end soon.</summary>
    internal ModelWatch Watch => Service(static connection => new ModelWatch(connection, connection.KnownModels, connection._time));

    /// <summary>Gets the quota that came with the last answer, where the service tells it so.</summary>
    internal ChatQuota? LastQuota { get; private set; }

    /// <summary>Gets what a family of endpoints does on this connection; made when it is first asked for.</summary>
    /// <typeparam name="T">The family's service.</typeparam>
    /// <param name="make">Makes it.</param>
    /// <returns>The service.</returns>
    internal T Service<T>(Func<ServiceConnection, T> make)
        where T : class => (T)_families.GetOrAdd(typeof(T), static (_, state) => state.Make(state.Connection), (Make: make, Connection: this));

    /// <summary>Gets the client of a family of endpoints.</summary>
    /// <typeparam name="T">Its Refit interface.</typeparam>
    /// <param name="context">How its types are written and read.</param>
    /// <returns>The client.</returns>
    internal T Client<T>(JsonSerializerContext context)
        where T : class => (T)(_clients.TryGetValue(typeof(T), out object? made) ? made : _clients.GetOrAdd(typeof(T), _services.Value.GetService(typeof(T)) ?? MakeClient<T>(context)));

    /// <summary>Gets the client of a family whose paths begin before the version of the base address, such as <c>/ideogram</c> beside <c>/v1</c>.</summary>
    /// <typeparam name="T">Its Refit interface.</typeparam>
    /// <param name="context">How its types are written and read.</param>
    /// <returns>The client.</returns>
    internal T RootClient<T>(JsonSerializerContext context)
        where T : class => (T)_clients.GetOrAdd(typeof(T), _ => MakeClient<T>(context, BaseAddress.BeforeVersion(Settings.BaseUri)));

    /// <summary>Fetches what lies at any address of the connection's host. The key goes along, so the address must be of that origin.</summary>
    /// <param name="address">The address.</param>
    /// <param name="range">The value of the header <c>Range</c>; null for all of it.</param>
    /// <param name="ifRange">The value of the header <c>If-Range</c>; null for none.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer, whose body has not been read.</returns>
    internal async Task<HttpResponseMessage> FetchAsync(Uri address, string? range, string? ifRange, CallContext call, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.SetCall(call);
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
            request.Headers.TryAddWithoutValidation("If-Range", ifRange);
        }

        return await HttpClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Sends a request to any address of the connection's host. The key goes along, so the address must be of that origin.</summary>
    /// <param name="request">The request.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer, whose body has not been read.</returns>
    internal Task<HttpResponseMessage> SendToAsync(HttpRequestMessage request, CallContext call, CancellationToken cancellationToken)
    {
        request.SetCall(call);
        return HttpClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Asks for what a family of endpoints needs of the dialect, before anything is sent.</summary>
    /// <typeparam name="T">What is needed.</typeparam>
    /// <param name="what">The family in words.</param>
    /// <returns>What the dialect offers.</returns>
    /// <exception cref="ChatServiceException">Services of this dialect have no such family.</exception>
    internal T Require<T>(string what)
        where T : class => Dialect.Offer<T>() ?? throw Failures.Invalid(
            $"{Settings.ServiceName} has no {what} (connection '{Settings.Name}').",
            "Name another connection with -Connection; Get-ChatConnection shows what there is.");

    /// <summary>Closes the sockets. Calls in flight fail.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        foreach (object family in _families.Values)
        {
            (family as IDisposable)?.Dispose();
        }

        if (_services.IsValueCreated)
        {
            _services.Value.Dispose();
        }

        _transport?.Dispose();
        _identity?.Dispose();
        _pacer.Dispose();
    }

    internal CallContext Begin(CallSettings settings, CancellationToken cancellationToken, string? model = null)
    {
        settings.Validate();
        if (!Settings.IsSafeWay && Secrets.FirstIn(settings) is { } secret)
        {
            Settings.RequireSafeWay(secret);
        }

        if (_closing.IsCancellationRequested)
        {
            throw new ChatServiceException(ErrorIds.ConnectionFailed, $"Connection '{Settings.Name}' has been closed.", "Use Connect-ChatService again.");
        }

        Log?.RequireWritable();
        CallContext call = new(Settings, settings, _time, cancellationToken, _closing.Token) { Model = model, Ledger = _usage };
        if (Log is not null)
        {
            call.Notes = new CallNotes();
        }

        call.Ended = End;
        if (model is not null && (Settings.TellsRetirement || _models is not null))
        {
            call.Models = KnownModels;
            Watch.Begin(model);
        }

        return call;
    }

    /// <summary>Tells what calls are about, if anybody looks on.</summary>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="item">The place in the pipeline of the item, or of the first of several.</param>
    /// <param name="count">How many items travel in the request.</param>
    /// <param name="prompt">Tells what is asked, in words.</param>
    /// <returns>The settings.</returns>
    internal CallSettings About(CallSettings settings, int? item, int count, Func<string> prompt) =>
        Log is null && settings.Verbose is null && settings.Debug is null ? settings : settings with { Subject = new CallSubject(item, count, prompt) };

    /// <summary>Makes a call whose answer comes whole: begins it, sends it, reads the answer, and enters what it took.</summary>
    /// <typeparam name="TWire">The answer on the wire.</typeparam>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="read">Makes the answer of what came; throws <see cref="WireFormatException"/> where it cannot.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <param name="model">The model that is asked; null where the call has none.</param>
    /// <param name="readEvents">Makes the answer of a body of events, should one come; null where none can.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    internal async Task<T> SendAsync<TWire, T>(
        CallSettings settings,
        Func<CallContext, CancellationToken, Task<IApiResponse<TWire>>> send,
        Func<TWire, CallContext, T> read,
        CancellationToken cancellationToken,
        string? model = null,
        Func<string, CallContext, T>? readEvents = null)
        where TWire : ApiResponseBody
    {
        using CallContext call = Begin(settings, cancellationToken, model);
        T answer = await SendAsync(call, send, read, readEvents);
        Settle(call);
        return answer;
    }

    /// <summary>Sends a call that has begun and goes on, and reads its answer.</summary>
    /// <typeparam name="TWire">The answer on the wire.</typeparam>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="read">Makes the answer of what came; throws <see cref="WireFormatException"/> where it cannot.</param>
    /// <param name="readEvents">Makes the answer of a body of events, should one come; null where none can.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    internal async Task<T> SendAsync<TWire, T>(
        CallContext call, Func<CallContext, CancellationToken, Task<IApiResponse<TWire>>> send, Func<TWire, CallContext, T> read, Func<string, CallContext, T>? readEvents = null)
        where TWire : ApiResponseBody
    {
        try
        {
            using IApiResponse<TWire> response = await send(call, call.Token);
            if (response.IsSuccessStatusCode && response.Error is null && response.Content is { } content)
            {
                T whole = Translate(content, call, read);
                Show(call, whole, content.Raw);
                return whole;
            }

            Exception? error = response.Error;
            if (response.IsSuccessStatusCode && TryReadEvents(error, call, readEvents, out T? answer))
            {
                return answer;
            }

            throw response.IsSuccessStatusCode
                ? FailureMapper.FromException(error ?? new WireFormatException("The service answered with an empty body.", ""), call)
                : FailureMapper.FromAnswer((int?)response.StatusCode ?? 0, response.Headers, (error as ApiException)?.Content, call, error, response.RequestMessage);
        }
        catch (ChatServiceException failure)
        {
            call.Notes?.Failed(failure.ErrorId);
            throw;
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
    }

    /// <summary>Makes a call whose answer is read by the caller.</summary>
    /// <param name="call">The call.</param>
    /// <param name="send">Sends it.</param>
    /// <returns>The answer, which is a success.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    internal async Task<HttpResponseMessage> OpenAsync(CallContext call, Func<CallContext, CancellationToken, Task<HttpResponseMessage>> send)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await send(call, call.Token);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            string body = await BodyReader.ReadAsync(response.Content, Settings.MaxResponseBytes, call.Token);
            throw FailureMapper.FromAnswer((int)response.StatusCode, response.Headers, body, call, request: response.RequestMessage);
        }
        catch (Exception exception)
        {
            response?.Dispose();
            if (exception is ChatServiceException failure)
            {
                call.Notes?.Failed(failure.ErrorId);
            }

            throw exception is ChatServiceException ? exception : FailureMapper.FromException(exception, call);
        }
    }

    /// <summary>Reads an answer that came whole to a call that was opened.</summary>
    /// <typeparam name="TWire">The answer on the wire.</typeparam>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="body">What came.</param>
    /// <param name="context">How the types of its family are read.</param>
    /// <param name="call">The call.</param>
    /// <param name="read">Makes the answer of what came.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    internal T Read<TWire, T>(string body, JsonSerializerContext context, CallContext call, Func<TWire, CallContext, T> read)
        where TWire : ApiResponseBody
    {
        try
        {
            TWire content = WireJson.Read<TWire>(body, context);
            T answer = Translate(content, call, read);
            Show(call, answer, content.Raw);
            Settle(call);
            return answer;
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
    }

    private static T Translate<TWire, T>(TWire answer, CallContext call, Func<TWire, CallContext, T> read)
        where TWire : ApiResponseBody
    {
        try
        {
            return read(answer, call);
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call, body: answer.Raw);
        }
    }

    // Servers that forget the content type stream all the same; only JSON and web pages are something else.
    internal static bool IsEventStream(HttpResponseMessage response)
    {
        MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
        return type?.MediaType is not ("application/json" or "text/html");
    }

    // The label of a body is a hint: some services answer in events, or in a list of them, where nobody asked for a stream.
    private static bool TryReadEvents<T>(Exception? error, CallContext call, Func<string, CallContext, T>? readEvents, [NotNullWhen(true)] out T? answer)
    {
        if (readEvents is not null && ConnectionFailures.Find<WireFormatException>(error) is { Error: null } format && EventBody.HoldsEvents(format.Body))
        {
            answer = readEvents(format.Body, call)!;
            Show(call, answer, format.Body);
            return true;
        }

        answer = default;
        return false;
    }

    // Whoever reads an answer that tells its usage has entered it already.
    private void Settle(CallContext call)
    {
        if (!call.HasSucceeded)
        {
            call.Succeed(model: null);
        }

        LastQuota = call.Quota ?? LastQuota;
    }

    private void End(CallContext call)
    {
        if (call.Model is { } model && (call.Models is not null || call.RetiresAt is not null))
        {
            Watch.End(call, model);
        }

        if (Log is not null)
        {
            CallLog.Enter(Log, call);
        }
    }

    // The addresses of servers on this machine change from start to start: their models are remembered for as long as the process runs.
    private ModelMemory MakeMemory()
    {
        ModelEndFile? file = Settings.TellsRetirement || !BaseAddress.IsLoopback(Settings.BaseUri) ? ModelEndFile.OfUser() : null;
        Interlocked.CompareExchange(ref _models, new ModelMemory(Settings, _time, file), null);
        return _models;
    }

    // For whoever looks on.
    private static void Show(CallContext call, object? answer, string raw)
    {
        call.Notes?.Answered(answer, raw);
        if (call.IsDebug)
        {
            CallBodies.Show("the answer", raw, call);
        }
    }

    // What a family of endpoints needs besides chat is made when it is first asked for, and listed nowhere.
    private T MakeClient<T>(JsonSerializerContext context, Uri? root = null)
    {
        HttpClient http = HttpClient();
        http.BaseAddress = root ?? http.BaseAddress;
        return RestService.ForGenerated<T>(http, WireSettings.Create(context, context));
    }

    private HttpClient HttpClient() => _services.Value.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName);

    private ServiceProvider BuildServices()
    {
        ServiceCollection services = new();
        Dialect.AddClient(services, ClientName);
        services.AddHttpClient(ClientName)
            .ConfigureHttpClient(client =>
            {
                client.BaseAddress = Settings.BaseUri;
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => _transport = Transport.CreateHandler(Settings))
            .AddHttpMessageHandler(() => new HatchHandler(Dialect))
            .AddHttpMessageHandler(() => new RetryHandler(_time, _randomizer, _retries))
            .AddHttpMessageHandler(() => new AttemptHandler(_pacer, _retries));

        // The factory's own logging writes headers, and with them keys.
        services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
        return services.BuildServiceProvider();
    }

#if NET8_0_OR_GREATER
    private static double NextDouble() => Random.Shared.NextDouble();
#else
    private static readonly Random SeededRandom = new();

    private static double NextDouble()
    {
        lock (SeededRandom)
        {
            return SeededRandom.NextDouble();
        }
    }
#endif
}
