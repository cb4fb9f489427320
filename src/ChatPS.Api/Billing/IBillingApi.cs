using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Billing;

/// <summary>What is left on an account, as OpenAI once told it and gateways tell it still.</summary>
internal interface IBillingApi
{
    /// <summary>Gets the limit.</summary>
    [Get("/dashboard/billing/subscription")]
    Task<IApiResponse<BillingSubscription>> GetSubscriptionAsync(
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Gets what was used.</summary>
    [Get("/dashboard/billing/usage")]
    Task<IApiResponse<BillingUsage>> GetUsageAsync(
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
