using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families;
using ChatPS.Sandbox.Families.Anthropic;
using ChatPS.Sandbox.Families.Azure;
using ChatPS.Sandbox.Families.Envelope;
using ChatPS.Sandbox.Families.Gemini;
using ChatPS.Sandbox.Families.OpenAI;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox;

/// <summary>Finds the answer to a request: the key, the rules, the endpoints.</summary>
internal sealed class Router(SandboxOptions options)
{
    // The first that speaks a request's dialect answers; OpenAI's speaks all.
    private readonly Dialect[] _dialects =
        [new AzureDialect(options), new GeminiDialect(options), new EnvelopeDialect(options), new AnthropicDialect(options), new OpenAIDialect(options)];

    public Dialect DialectOf(HttpRequest http) => _dialects.First(dialect => dialect.Speaks(http));

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

    private Answer Find(Exchange exchange)
    {
        SandboxRequest request = exchange.Record;
        if (request.Path == "/" && request.Method is "GET" or "HEAD")
        {
            return new Answer { ContentType = "text/plain; charset=utf-8", Text = "ChatPS sandbox: an API for tests. Point a client at /v1.\n" };
        }

        CheckKey(exchange.Key);
        SandboxRule? rule = options.Rules.FirstOrDefault(rule => Matches(rule, exchange));
        if (rule is null)
        {
            return exchange.Dialect.Handle(exchange, null);
        }

        if (Scripted(rule, exchange, out string? text) is { } scripted)
        {
            return scripted;
        }

        Answer answer = exchange.Dialect.Handle(exchange, text);
        return answer.StatusCode == 200 ? answer with { StatusCode = rule.StatusCode } : answer;
    }

    private static bool Matches(SandboxRule rule, Exchange exchange)
    {
        SandboxRequest request = exchange.Record;
        bool isItsPath = rule.Path is null ? exchange.Dialect.IsCompletion(request.Path) && request.Method == "POST" : Wildcard.IsMatch(rule.Path, request.Path);
        return isItsPath && Wildcard.IsMatch(rule.Model, request.Model) && Wildcard.IsMatch(rule.Prompt, request.Prompt);
    }

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
    private static Answer? Scripted(SandboxRule rule, Exchange exchange, out string? text)
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
            case string body when !exchange.Dialect.IsCompletion(request.Path):
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
