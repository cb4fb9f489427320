using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Billing;

/// <summary>The answer of <c>GET /dashboard/billing/subscription</c>. Amounts are in the gateway's currency, US dollars unless it says otherwise.</summary>
public sealed class BillingSubscription : ApiResponseBody
{
    /// <summary><c>billing_subscription</c>.</summary>
    public string? Object { get; set; }

    /// <summary>What the key may use in all; 100000000 for no limit.</summary>
    public double? HardLimitUsd { get; set; }

    /// <summary>The same, or the limit at which the account is warned.</summary>
    public double? SoftLimitUsd { get; set; }

    /// <summary>The same, as the gateway set it.</summary>
    public double? SystemHardLimitUsd { get; set; }

    /// <summary>When the key ends, in seconds since 1970-01-01 UTC; 0 for never.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? AccessUntil { get; set; }
}
