using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families;
using ChatPS.Sandbox.Families.OpenAI;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox;

/// <summary>Finds the answer to a request: the key, the rules, the endpoints.</summary>
internal sealed class Router
{
    // Its requests are counted apart from those that come over the wire.
    private const long FirstInner = 1_000_000;

    private readonly SandboxOptions _options;
    private readonly FamilyOptions _familyOptions;
    private readonly RouteTable[] _tables;
    private readonly IssuedTokens _tokens;
    private long _inner = FirstInner;

    public Router(SandboxOptions options, IEnumerable<Func<FamilyOptions, Family>> families)
    {
        _options = options;
        _tokens = new IssuedTokens(options.Clock, options.Limits.TokenLifetime);
        Files = new FileStore(options.Clock);
        _familyOptions = new FamilyOptions(options.Models, options.RefusesOtherModels, options.Clock) { Limits = options.Limits, Files = Files, Ask = Ask, IssuedTokens = _tokens };
        _tables =
        [
            .. families.Select(create => create(_familyOptions))
                .GroupBy(static family => family.Dialect, static (dialect, all) => new RouteTable(dialect, all.SelectMany(static family => family.Routes))),
        ];
    }

    /// <summary>The files that the services keep.</summary>
    public FileStore Files { get; }

    public Dialect DialectOf(HttpRequest http) => _tables.Select(static table => table.Dialect).First(dialect => dialect.Speaks(http));

    /// <summary>Whether a request may go on, as far as its head tells.</summary>
    /// <param name="http">The head.</param>
    /// <returns>Whether to read its body.</returns>
    public bool Admits(HttpRequest http) =>
        _options.RequiredKey is null || DialectOf(http) is not { HasKeyInHead: true } dialect || IsKey(dialect.ReadKey(http, default)) || IsExchange(http.Path);

    /// <summary>Whether the body of a request is a file, or holds one.</summary>
    /// <param name="http">The head.</param>
    /// <returns>Whether to read it onto the disk.</returns>
    public bool TakesFile(HttpRequest http)
    {
        // Most requests are JSON, which is looked up once only. Of large ones only Google's uploads and Anthropic's batches are.
        if (http.Header("Content-Type")?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true
            && !http.Path.StartsWith("/upload/", StringComparison.Ordinal)
            && !http.Path.EndsWith("/batches", StringComparison.Ordinal))
        {
            return false;
        }

        Dialect dialect = DialectOf(http);
        return _tables.First(table => table.Dialect == dialect).Find(http.Path)?.For(http.Method)?.TakesFile == true;
    }

    public Answer Handle(Exchange exchange)
    {
        try
        {
            return Find(exchange);
        }
        catch (ApiException e)
        {
            return exchange.Dialect.Fail(e.Error);
        }
        catch (InvalidOperationException)
        {
            // A member of a kind that its reader did not foresee.
            return exchange.Dialect.Fail(ApiError.BadJson);
        }
        catch (Exception e)
        {
            return exchange.Dialect.Fail(ApiError.Standard(500, "The sandbox failed: " + e.Message));
        }
    }

    /// <summary>Answers a request that did not come over the wire.</summary>
    /// <param name="http">Its head.</param>
    /// <param name="body">Its body.</param>
    /// <returns>The answer as it would be sent.</returns>
    public InnerAnswer Ask(HttpRequest http, ReadOnlyMemory<byte> body)
    {
        ByteBuffer buffer = new();
        buffer.Write(body.Span);
        using Exchange exchange = Exchange.Read(http, buffer, null, DialectOf(http), Interlocked.Increment(ref _inner), _options.Clock(), static () => { }, isKept: false);
        Answer answer = exchange.Record.Stream ? exchange.Dialect.Fail(ApiError.Invalid("Requests of a batch cannot be streamed.", "stream")) : Handle(exchange);
        return new InnerAnswer(answer.StatusCode, answer.ToJson(), exchange.Record.Prompt);
    }

    private Answer Find(Exchange exchange)
    {
        SandboxRequest request = exchange.Record;
        if (exchange.Http.Path == "/" && request.Method is "GET" or "HEAD")
        {
            return new Answer { ContentType = "text/plain; charset=utf-8", Text = "ChatPS sandbox: an API for tests. Point a client at /v1.\n" };
        }

        if (!IsExchange(exchange.Http.Path))
        {
            CheckKey(exchange.Key);
        }

        RouteMatch? match = _tables.First(table => table.Dialect == exchange.Dialect).Find(exchange.Http.Path);
        SandboxRule? rule = _options.Rules.FirstOrDefault(rule => Matches(rule, request, match));
        if (rule is null)
        {
            return Route(exchange, match, null);
        }

        if (Scripted(rule, exchange, match?.IsCompletion == true, out string? text) is { } scripted)
        {
            return scripted;
        }

        Answer answer = Route(exchange, match, text);
        return answer.StatusCode == 200 ? answer with { StatusCode = rule.StatusCode } : answer;
    }

    private Answer Route(Exchange exchange, RouteMatch? match, string? text)
    {
        HttpRequest http = exchange.Http;
        exchange.Dialect.Check(http);
        if (match is null)
        {
            throw new ApiException(exchange.Dialect.UnknownPath(http));
        }

        return match.For(http.Method) is { } route
            ? route.Endpoint(new EndpointCall(exchange, _familyOptions, match.Parameters, text))
            : exchange.Dialect.Fail(new ApiError(
                405, $"Not allowed to {http.Method} on {http.Path} (HINT: Perhaps you meant to use a different HTTP method?)", ApiError.InvalidRequest, null, "method_not_supported")) with { Headers = [("Allow", match.Allow)] };
    }

    private static bool Matches(SandboxRule rule, SandboxRequest request, RouteMatch? match)
    {
        bool isItsPath = rule.Path is null ? match?.IsCompletion == true && request.Method == "POST" : Wildcard.IsMatch(rule.Path, request.Path);
        return isItsPath && Wildcard.IsMatch(rule.Model, request.Model) && Wildcard.IsMatch(rule.Prompt, request.Prompt);
    }

    private bool IsKey(string? key) => key == _options.RequiredKey || _tokens.IsGood(key);

    // Who exchanges an identity has no key yet.
    private static bool IsExchange(string path) => path.EndsWith(TokenEndpoint.Path, StringComparison.Ordinal);

    private void CheckKey(string? key)
    {
        if (_options.RequiredKey is null || IsKey(key))
        {
            return;
        }

        throw new ApiException(string.IsNullOrEmpty(key)
            ? ApiError.Standard(401, "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).")
            : ApiError.Standard(401));
    }

    /// <summary>The answer that a rule scripts, unless it only sets the text of the usual one.</summary>
    private static Answer? Scripted(SandboxRule rule, Exchange exchange, bool isCompletion, out string? text)
    {
        SandboxRequest request = exchange.Record;
        text = null;
        object? response = rule.Response;
        try
        {
            if (response is Func<SandboxRequest, object?> compute)
            {
                response = compute(request);
            }
        }
        catch (Exception e)
        {
            return exchange.Dialect.Fail(ApiError.Standard(500, "A rule of the sandbox failed: " + e.Message));
        }

        if (rule.StatusCode >= 400 && response is null or string)
        {
            return exchange.Dialect.Fail(ApiError.Standard(rule.StatusCode, (string?)response));
        }

        switch (response)
        {
            case null:
                return null;
            case string body when !isCompletion:
                bool isJson = body.TrimStart().StartsWith("{", StringComparison.Ordinal) || body.TrimStart().StartsWith("[", StringComparison.Ordinal);
                return new Answer { StatusCode = rule.StatusCode, ContentType = isJson ? "application/json" : "text/plain; charset=utf-8", Text = body };
            case string body:
                text = body;
                return null;
            default:
                return OfValue(rule.StatusCode, response, exchange);
        }
    }

    private static Answer OfValue(int statusCode, object response, Exchange exchange)
    {
        // Written at once: a value that cannot be written must fail before the answer has begun.
        string body;
        try
        {
            body = PlainJson.ToText(response);
        }
        catch (Exception e)
        {
            return exchange.Dialect.Fail(ApiError.Standard(500, "A rule of the sandbox failed: " + e.Message));
        }

        return exchange.Record.Stream && statusCode < 300
            ? Answer.OfEvents([json => json.WriteRawValue(body)]) with { StatusCode = statusCode }
            : new Answer { StatusCode = statusCode, Text = body };
    }
}
