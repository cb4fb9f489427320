using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>The balance of an account as gateways tell it: 100 in all, of which 12.34 are used.</summary>
internal static class BillingEndpoint
{
    private const double Limit = 100;
    private const double UsedHundredths = 1234;

    public static Answer Subscription() => Answer.OfJson(Shape.Of(
        ("object", "billing_subscription"),
        ("has_payment_method", true),
        ("soft_limit_usd", Limit),
        ("hard_limit_usd", Limit),
        ("system_hard_limit_usd", Limit),
        ("access_until", 0)));

    public static Answer Usage() => Answer.OfJson(Shape.Of(("object", "list"), ("total_usage", UsedHundredths)));
}
