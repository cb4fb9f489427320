namespace ChatPS.Client.Connections;

/// <summary>How a dialect's service exchanges the identity of a machine for a token of its own.</summary>
internal interface ITokenExchange
{
    /// <summary>Gets the headers of the exchange.</summary>
    IReadOnlyDictionary<string, string> ExchangeHeaders { get; }

    /// <summary>Gets the header that calls with such a token have besides; null for none.</summary>
    KeyValuePair<string, string>? CallHeader { get; }

    /// <summary>Gets the variable that names the file of the machine's token; null for none of the vendor's own.</summary>
    string? FileVariable { get; }

    /// <summary>Completes what was given from the environment, and finds what is missing.</summary>
    /// <param name="origin">What was given.</param>
    /// <returns>All that the exchange needs.</returns>
    /// <exception cref="ChatServiceException">Something is missing.</exception>
    IdentityOrigin Complete(IdentityOrigin origin);

    /// <summary>Finds where the token is exchanged.</summary>
    /// <param name="service">The address of the service.</param>
    /// <returns>The address; null where it must be given.</returns>
    Uri? AddressFor(Uri service);

    /// <summary>Makes the body of the exchange.</summary>
    /// <param name="origin">What the exchange needs.</param>
    /// <param name="token">The machine's own token.</param>
    /// <returns>The members; null for those that are left out.</returns>
    IReadOnlyDictionary<string, object?> Body(IdentityOrigin origin, string token);
}
