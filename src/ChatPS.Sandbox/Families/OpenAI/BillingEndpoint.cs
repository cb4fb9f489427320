using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>The balance of an account as gateways tell it: 100 in all, of which 12.34 are used.</summary>
internal static class BillingEndpoint
{
    private const double Limit = 100;
    private const double UsedHundredths = 1234;

    public static Answer Subscription() => new()
    {
        Json = static json =>
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "billing_subscription"u8);
            json.WriteBoolean("has_payment_method"u8, true);
            json.WriteNumber("soft_limit_usd"u8, Limit);
            json.WriteNumber("hard_limit_usd"u8, Limit);
            json.WriteNumber("system_hard_limit_usd"u8, Limit);
            json.WriteNumber("access_until"u8, 0);
            json.WriteEndObject();
        },
    };

    public static Answer Usage() => new()
    {
        Json = static json =>
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteNumber("total_usage"u8, UsedHundredths);
            json.WriteEndObject();
        },
    };
}
