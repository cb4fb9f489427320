using System.Management.Automation;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Profiles;

namespace ChatPS.Connections;

/// <summary>Gets keys from where they are kept.</summary>
internal static class KeySources
{
    /// <summary>Gets a key.</summary>
    /// <param name="origin">Where it is kept.</param>
    /// <param name="what">Who says so, for errors.</param>
    /// <param name="languageMode">The language mode of the session, for scripts.</param>
    /// <returns>The key; null for an empty one.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why.</exception>
    public static ApiKey? Fetch(KeyOrigin origin, string what, PSLanguageMode languageMode) =>
        origin.Variable is { } variable ? ApiKey.RequireFromEnvironment(variable, what)
        : origin.Script is { } script ? ApiKey.FromScript(script, KeyScripts.Runner(script, languageMode, "-ApiKeyScript"))
        : ApiKey.FromSecureString(VaultSecrets.Get(origin.SecretName!, origin.VaultName), origin);

    /// <summary>Gets the key of a profile, which belongs to the profile's address.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="address">The address that is connected to.</param>
    /// <param name="languageMode">The language mode of the session, for scripts.</param>
    /// <returns>The key; null where the profile has none.</returns>
    /// <exception cref="ChatServiceException">The address is another one, or the key cannot be had.</exception>
    public static ApiKey? OfProfile(ConnectionProfile profile, Uri address, PSLanguageMode languageMode)
    {
        if (!profile.HasKey)
        {
            return null;
        }

        RequireOwnAddress(profile, address);

        // An identity is exchanged by the connection itself.
        if (profile.Key is { Identity: not null })
        {
            return null;
        }

        return profile.Key is { } origin ? Fetch(origin, $"-Profile '{profile.Name}'", languageMode) : throw Failures.Invalid(
            $"-Profile '{profile.Name}' does not hold its key, which had been given as a value.", "Give it with -ApiKey; or connect with -ApiKeyVariable, -SecretName or -ApiKeyScript and save the connection again.");
    }

    /// <summary>Finds out whether what a profile authenticates with may go to an address.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="address">The address.</param>
    /// <exception cref="ChatServiceException">It belongs to another one.</exception>
    public static void RequireOwnAddress(ConnectionProfile profile, Uri address)
    {
        if (address.GetLeftPart(UriPartial.Authority) != profile.BaseUri.GetLeftPart(UriPartial.Authority))
        {
            throw Failures.Invalid(
                $"-BaseUri: the key of profile '{profile.Name}' belongs to {profile.BaseUri.Authority} and is not sent to {address.Authority}.", "Give the key for that address as well, for example with -ApiKeyVariable.");
        }
    }
}
