namespace Refit;

/// <summary>The keys of the options that each request message carries.</summary>
internal static class HttpRequestMessageOptions
{
    /// <summary>The interface of the client, a <see cref="Type"/>.</summary>
    public static string InterfaceType { get; } = "Refit.InterfaceType";

    /// <summary>The method that was called, a <see cref="Refit.RestMethodInfo"/>.</summary>
    public static string RestMethodInfo { get; } = "Refit.RestMethodInfo";
}
