using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families.OpenAI.Responses;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>OpenAI's own API, with <c>/v1</c> before its paths or without.</summary>
internal sealed class OpenAIDialect(SandboxOptions options) : Dialect
{
    private const string ChatPath = "/chat/completions/";
    private const string ResponsePath = "/responses/";

    private readonly ModelEndpoint _models = new(options.Models);
    private readonly StoredCompletions _stored = new();
    private readonly StoredResponses _responses = new();

    public override bool Speaks(HttpRequest http) => true;

    public override bool IsCompletion(string path) => Strip(path) is "/chat/completions" or "/completions" or "/responses";

    public override Answer Handle(Exchange exchange, string? text)
    {
        string path = Strip(exchange.Record.Path);
        switch (path)
        {
            case "/models":
                return Allows(exchange, "GET") ?? _models.List();
            case "/chat/completions":
                return Allows(exchange, "GET", "POST")
                    ?? (exchange.Record.Method == "GET" ? _stored.List(new Query(exchange.Http.Query)) : ChatEndpoint.Handle(Call(exchange, text), _stored));
            case "/responses":
                return Allows(exchange, "POST") ?? ResponseEndpoint.Create(Call(exchange, text), _responses);
            case "/responses/input_tokens":
                return Allows(exchange, "POST") ?? ResponseEndpoint.Count(Call(exchange, text), _responses);
            case "/completions":
                return Allows(exchange, "POST") ?? CompletionEndpoint.Handle(Call(exchange, text));
            case "/dashboard/billing/subscription":
                return Allows(exchange, "GET") ?? BillingEndpoint.Subscription();
            case "/dashboard/billing/usage":
                return Allows(exchange, "GET") ?? BillingEndpoint.Usage();
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

        if (path.StartsWith(ResponsePath, StringComparison.Ordinal) && path.Length > ResponsePath.Length)
        {
            return RouteResponse(exchange, path.Substring(ResponsePath.Length).Split('/'));
        }

        return InvalidUrl(exchange);
    }

    private Answer RouteResponse(Exchange exchange, string[] steps)
    {
        string id = Uri.UnescapeDataString(steps[0]);
        return steps switch
        {
            [{ Length: > 0 }] => Allows(exchange, "GET", "DELETE") ?? (exchange.Record.Method == "DELETE" ? _responses.Delete(id) : _responses.Show(id)),
            [{ Length: > 0 }, "cancel"] => Allows(exchange, "POST") ?? _responses.Cancel(id),
            [{ Length: > 0 }, "input_items"] => Allows(exchange, "GET") ?? _responses.InputItems(id, new Query(exchange.Http.Query)),
            _ => InvalidUrl(exchange),
        };
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

    private static string Strip(string path) => path.StartsWith("/v1/", StringComparison.Ordinal) ? path.Substring("/v1".Length) : path;

    private EndpointCall Call(Exchange exchange, string? text) => EndpointCall.Of(exchange, text, options);
}
