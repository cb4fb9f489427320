using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>Exchanges the identities of machines for tokens, as OpenAI and as Anthropic do. A token that begins with "bad" is trusted by nobody.</summary>
internal static class TokenEndpoint
{
    public const string Path = "/oauth/token";

    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string Bearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const int LargestAssertion = 16 * 1024;

    public static Answer Handle(EndpointCall call)
    {
        Fields body = call.Body;
        string? kind = body.Text("grant_type");
        string? missing = kind switch
        {
            Exchange => Missing(body, "subject_token", "subject_token_type", "identity_provider_id", "service_account_id"),
            Bearer => Missing(body, "assertion", "federation_rule_id", "organization_id"),
            _ => null,
        };
        if (kind is not (Exchange or Bearer))
        {
            return Refuse(400, "unsupported_grant_type", "The grant type is not supported.");
        }

        if (missing is not null)
        {
            return Refuse(400, "invalid_request", $"Missing required parameter: {missing}");
        }

        string token = body.Text(kind == Exchange ? "subject_token" : "assertion")!;
        return token.StartsWith("bad", StringComparison.Ordinal) ? Refuse(401, "invalid_grant", $"The token {token} is not trusted.")
            : token.Length > LargestAssertion ? Refuse(400, "invalid_request", "The assertion is too large.")
            : Answer.OfJson(Shape.Of(
                ("access_token", call.Options.IssuedTokens.Issue()),
                ("issued_token_type", "urn:ietf:params:oauth:token-type:access_token"),
                ("token_type", "Bearer"),
                ("expires_in", (long)call.Options.IssuedTokens.Lifetime.TotalSeconds)));
    }

    private static string? Missing(Fields body, params string[] members) => Array.Find(members, member => body.Text(member) is not { Length: > 0 });

    private static Answer Refuse(int status, string error, string description) =>
        Answer.OfJson(Shape.Of(("error", error), ("error_description", description))) with { StatusCode = status };
}
