using ChatPS.Api.Wire;

namespace ChatPS.Client.Calls;

/// <summary>Finds the call that a request belongs to; Refit carries it as a property of the request.</summary>
internal static class RequestExtensions
{
    public static CallContext GetCall(this HttpRequestMessage request)
    {
#if NET8_0_OR_GREATER
        request.Options.TryGetValue(new HttpRequestOptionsKey<object>(CallProperty.Key), out object? call);
#else
        request.Properties.TryGetValue(CallProperty.Key, out object? call);
#endif
        return call as CallContext ?? throw new InvalidOperationException("The request carries no call.");
    }

    public static void SetCall(this HttpRequestMessage request, CallContext call) =>
#if NET8_0_OR_GREATER
        request.Options.Set(new HttpRequestOptionsKey<object>(CallProperty.Key), call);
#else
        request.Properties[CallProperty.Key] = call;
#endif
}
