using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Endpoints;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox;

/// <summary>Finds the answer to a request: the key, the rules, the endpoints.</summary>
internal sealed class Router(SandboxOptions options)
{
    private const string ChatPath = "/chat/completions/";

    private readonly ModelEndpoint _models = new(options.Models);
    private readonly StoredCompletions _stored = new();

    public Answer Handle(Exchange exchange)
    {
        try
        {
            return Find(exchange);
        }
        catch (ApiException e)
        {
            return Answer.Of(e.Error);
        }
        catch (InvalidOperationException)
        {
            // A member of a kind that its reader did not foresee.
            return Answer.Of(BadJson());
        }
        catch (Exception e)
        {
            return Answer.Of(ApiError.Standard(500, "The sandbox failed: " + e.Message));
        }
    }

    private static ApiError BadJson() =>
        ApiError.Invalid("We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The API expects a JSON payload.)");

    private Answer Find(Exchange exchange)
    {
        SandboxRequest request = exchange.Record;
        if (request.Path == "/" && request.Method is "GET" or "HEAD")
        {
            return new Answer { ContentType = "text/plain; charset=utf-8", Text = "ChatPS sandbox: an API for tests. Point a client at /v1.\n" };
        }

        CheckKey(exchange.Key);
        SandboxRule? rule = options.Rules.FirstOrDefault(rule => Matches(rule, request));
        if (rule is null)
        {
            return Route(exchange, null);
        }

        if (Scripted(rule, request, out string? text) is { } scripted)
        {
            return scripted;
        }

        Answer answer = Route(exchange, text);
        return answer.StatusCode == 200 ? answer with { StatusCode = rule.StatusCode } : answer;
    }

    private static bool Matches(SandboxRule rule, SandboxRequest request) =>
        (rule.Path is null ? IsCompletion(request.Path) && request.Method == "POST" : Wildcard.IsMatch(rule.Path, request.Path)) && Wildcard.IsMatch(rule.Model, request.Model) && Wildcard.IsMatch(rule.Prompt, request.Prompt);

    private void CheckKey(string? key)
    {
        if (options.RequiredKey is null || key == options.RequiredKey)
        {
            return;
        }

        throw new ApiException(string.IsNullOrEmpty(key)
            ? ApiError.Standard(401, "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).")
            : ApiError.Standard(401));
    }

    /// <summary>The answer that a rule scripts, unless it only sets the text of the usual one.</summary>
    private static Answer? Scripted(SandboxRule rule, SandboxRequest request, out string? text)
    {
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
            return Answer.Of(ApiError.Standard(500, "A rule of the sandbox failed: " + e.Message));
        }

        if (rule.StatusCode >= 400 && response is null or string)
        {
            return Answer.Of(ApiError.Standard(rule.StatusCode, (string?)response));
        }

        switch (response)
        {
            case null:
                return null;
            case string body when !IsCompletion(request.Path):
                bool isJson = body.TrimStart().StartsWith("{", StringComparison.Ordinal) || body.TrimStart().StartsWith("[", StringComparison.Ordinal);
                return new Answer { StatusCode = rule.StatusCode, ContentType = isJson ? "application/json" : "text/plain; charset=utf-8", Text = body };
            case string body:
                text = body;
                return null;
            default:
                return OfValue(rule.StatusCode, response, request.Stream);
        }
    }

    private static Answer OfValue(int statusCode, object response, bool stream)
    {
        // Written at once: a value that cannot be written must fail before the answer has begun.
        string body;
        try
        {
            body = PlainJson.ToText(response);
        }
        catch (Exception e)
        {
            return Answer.Of(ApiError.Standard(500, "A rule of the sandbox failed: " + e.Message));
        }

        return stream && statusCode < 300
            ? new Answer { StatusCode = statusCode, Events = [json => json.WriteRawValue(body)] }
            : new Answer { StatusCode = statusCode, Text = body };
    }

    private static bool IsCompletion(string path) => Strip(path) is "/chat/completions" or "/completions";

    private static string Strip(string path) => path.StartsWith("/v1/", StringComparison.Ordinal) ? path.Substring("/v1".Length) : path;

    private Answer Route(Exchange exchange, string? text)
    {
        string path = Strip(exchange.Record.Path);
        switch (path)
        {
            case "/models":
                return Allows(exchange, "GET") ?? _models.List();
            case "/chat/completions":
                return Allows(exchange, "GET", "POST")
                    ?? (exchange.Record.Method == "GET" ? _stored.List(new Query(exchange.Http.Query)) : ChatEndpoint.Handle(Call(exchange, text), _stored));
            case "/completions":
                return Allows(exchange, "POST") ?? CompletionEndpoint.Handle(Call(exchange, text));
            case "/moderations":
                return Allows(exchange, "POST") ?? ModerationEndpoint.Handle(Call(exchange, text));
        }

        if (path.StartsWith("/models/", StringComparison.Ordinal) && path.Length > "/models/".Length)
        {
            string id = Uri.UnescapeDataString(path.Substring("/models/".Length));
            return Allows(exchange, "GET", "DELETE") ?? (exchange.Record.Method == "DELETE" ? _models.Delete(id) : _models.Show(id));
        }

        if (path.StartsWith(ChatPath, StringComparison.Ordinal) && path.Length > ChatPath.Length)
        {
            return RouteStored(exchange, path.Substring(ChatPath.Length).Split('/'));
        }

        return InvalidUrl(exchange);
    }

    private Answer RouteStored(Exchange exchange, string[] steps)
    {
        string id = Uri.UnescapeDataString(steps[0]);
        return steps switch
        {
            [{ Length: > 0 }] => Allows(exchange, "GET", "POST", "DELETE") ?? exchange.Record.Method switch
            {
                "GET" => _stored.Show(id),
                "POST" => _stored.Update(id, Call(exchange, null).Body),
                _ => _stored.Delete(id),
            },
            [{ Length: > 0 }, "messages"] => Allows(exchange, "GET") ?? _stored.Messages(id, new Query(exchange.Http.Query)),
            _ => InvalidUrl(exchange),
        };
    }

    private static Answer InvalidUrl(Exchange exchange) =>
        Answer.Of(new ApiError(404, $"Invalid URL ({exchange.Record.Method} {exchange.Record.Path})", "invalid_request_error", null, null));

    private static Answer? Allows(Exchange exchange, params string[] methods)
    {
        string method = exchange.Record.Method;
        if (methods.Contains(method, StringComparer.Ordinal))
        {
            return null;
        }

        ApiError error = new(405, $"Not allowed to {method} on {exchange.Record.Path} (HINT: Perhaps you meant to use a different HTTP method?)", "invalid_request_error", null, "method_not_supported");
        return new Answer { StatusCode = 405, Json = error.Write, Allow = string.Join(", ", methods) };
    }

    private EndpointCall Call(Exchange exchange, string? text)
    {
        string? type = exchange.Http.Header("Content-Type");
        if (type is not null && !type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiException(new ApiError(
                415, $"Unsupported content type: '{type}'. This API method only accepts 'application/json' requests.", "invalid_request_error", null, "unsupported_content_type"));
        }

        return exchange.Body is { ValueKind: System.Text.Json.JsonValueKind.Object } body
            ? new EndpointCall(new Fields(body), exchange.Record.Number, options.Clock(), text, options.RefusesOtherModels ? options.Models : null)
            : throw new ApiException(BadJson());
    }
}
