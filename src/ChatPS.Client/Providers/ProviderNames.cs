using ChatPS.Client.Faults;

namespace ChatPS.Client.Providers;

/// <summary>Tells the name of a provider from an address.</summary>
public static class ProviderNames
{
    /// <summary>Refuses a provider's name, or what is nearly one, where an address is due.</summary>
    /// <param name="given">What was given as the address.</param>
    /// <exception cref="ChatServiceException">It is a name.</exception>
    public static void Refuse(string given)
    {
        string name = given.Trim();
        if (name.Length == 0 || name.IndexOfAny(['.', ':', '/', '\\']) >= 0)
        {
            return;
        }

        if (ProviderCatalog.TryFind(name) is { } provider)
        {
            throw Failures.Invalid($"-BaseUri: '{name}' is the name of a provider, and no address.", $"Use Connect-ChatService -Provider {provider.Name}.");
        }

        if (NearestNames.Find(name, ProviderCatalog.Read().Select(known => known.Name)) is { Count: > 0 } near)
        {
            throw Failures.Invalid(
                $"-BaseUri: '{name}' is no address.", $"Did you mean -Provider {string.Join(" or ", near)}? For an address, write https://{name}, or http://{name} for a server on this machine.");
        }
    }
}
