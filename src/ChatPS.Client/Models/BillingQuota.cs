using ChatPS.Api.Billing;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Models;

/// <summary>Reads the quota as gateways tell it.</summary>
internal sealed class BillingQuota : IQuotaSource
{
    public static readonly BillingQuota Source = new();

    // What gateways write for a key without a limit.
    private const double Unlimited = 100_000_000;

    /// <inheritdoc />
    public async Task<ChatQuota> GetQuotaAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken)
    {
        IBillingApi api = connection.Client<IBillingApi>(BillingJsonContext.Default);
        BillingSubscription subscription = await connection.SendAsync(settings, api.GetSubscriptionAsync, static (answer, _) => answer, cancellationToken);
        if ((subscription.HardLimitUsd ?? subscription.SystemHardLimitUsd ?? subscription.SoftLimitUsd) is not { } limit)
        {
            throw new ChatServiceException(ErrorIds.BadResponse, $"{connection.Settings.BaseUri.Host} told no limit.", "See the service's own page for what is left of the account.");
        }

        BillingUsage usage = await connection.SendAsync(settings, api.GetUsageAsync, static (answer, _) => answer, cancellationToken);
        return new ChatQuota
        {
            Connection = connection.Settings.Name,
            Limit = limit is >= Unlimited or <= -Unlimited ? null : (decimal)limit,
            Used = usage.TotalUsage is > -Unlimited * 100 and < Unlimited * 100 ? (decimal)usage.TotalUsage.Value / 100 : 0,
            ExpiresAt = subscription.AccessUntil is > 0 ? UnixTime.From(subscription.AccessUntil) : null,
            At = DateTimeOffset.UtcNow,
        };
    }
}
