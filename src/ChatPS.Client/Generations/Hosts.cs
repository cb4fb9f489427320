namespace ChatPS.Client.Generations;

/// <summary>Tells vendors by the hosts of their addresses.</summary>
internal static class Hosts
{
    /// <summary>Tells whether an address is of one of some domains.</summary>
    /// <param name="address">The address.</param>
    /// <param name="domains">The domains.</param>
    /// <returns>Whether it is.</returns>
    public static bool Are(Uri address, params string[] domains) => Array.Exists(domains, domain =>
        address.Host.Equals(domain, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));
}
