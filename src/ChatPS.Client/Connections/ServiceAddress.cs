namespace ChatPS.Client.Connections;

/// <summary>What an address says of a service.</summary>
/// <param name="BaseUri">The address that paths are added to.</param>
/// <param name="ApiVersion">The version of the API that every request names in its query; null for none.</param>
/// <param name="Model">The model that the address names; null for none.</param>
public sealed record ServiceAddress(Uri BaseUri, string? ApiVersion = null, string? Model = null);
