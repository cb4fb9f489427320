namespace Refit;

/// <summary>The method behind a request; each request message carries it among its options.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="HostingType">The interface that declares it.</param>
/// <param name="RelativePath">The route, with its placeholders.</param>
/// <param name="ReturnType">What it returns.</param>
internal sealed record RestMethodInfo(string Name, Type HostingType, string RelativePath, Type ReturnType);
