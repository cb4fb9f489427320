using ChatPS.Api.Wire;

namespace ChatPS.Api.Billing;

/// <summary>The answer of <c>GET /dashboard/billing/usage</c>.</summary>
public sealed class BillingUsage : ApiResponseBody
{
    /// <summary><c>list</c>.</summary>
    public string? Object { get; set; }

    /// <summary>What was used, in hundredths of the currency.</summary>
    public double? TotalUsage { get; set; }
}
