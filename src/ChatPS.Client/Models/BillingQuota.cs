using ChatPS.Api.Billing;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Models;

/// <summary>Reads the quota as gateways tell it.</summary>
internal static class BillingQuota
{
    // What gateways write for a key without a limit.
    private const double Unlimited = 100_000_000;

    public static async Task<ChatQuota> GetAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken)
    {
        BillingSubscription subscription = await CallAsync<BillingSubscription>(connection, settings, (call, token) =>
            connection.Client<IBillingApi>().GetSubscriptionAsync(settings.Headers(), settings.Query(), call, token), cancellationToken);
        if ((subscription.HardLimitUsd ?? subscription.SystemHardLimitUsd ?? subscription.SoftLimitUsd) is not { } limit)
        {
            throw new ChatServiceException(ErrorIds.BadResponse, $"{connection.Settings.BaseUri.Host} told no limit.", "See the service's own page for what is left of the account.");
        }

        BillingUsage usage = await CallAsync<BillingUsage>(connection, settings, (call, token) =>
            connection.Client<IBillingApi>().GetUsageAsync(settings.Headers(), settings.Query(), call, token), cancellationToken);
        return new ChatQuota
        {
            Connection = connection.Settings.Name,
            Limit = limit is >= Unlimited or <= -Unlimited ? null : (decimal)limit,
            Used = usage.TotalUsage is > -Unlimited * 100 and < Unlimited * 100 ? (decimal)usage.TotalUsage.Value / 100 : 0,
            ExpiresAt = subscription.AccessUntil is > 0 ? UnixTime.From(subscription.AccessUntil) : null,
            At = DateTimeOffset.UtcNow,
        };
    }

    private static async Task<T> CallAsync<T>(
        ServiceConnection connection, CallSettings settings, Func<CallContext, CancellationToken, Task<Refit.IApiResponse<T>>> send, CancellationToken cancellationToken)
        where T : ApiResponseBody
    {
        using CallContext call = connection.Begin(settings, cancellationToken);
        T answer = await connection.CallAsync(call, token => send(call, token));
        call.Succeed(model: null);
        return answer;
    }
}
