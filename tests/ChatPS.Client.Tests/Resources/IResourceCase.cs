using ChatPS.Client.Resources;

namespace ChatPS.Client.Tests.Resources;

/// <summary>What the conformance suite asks of each kind.</summary>
internal interface IResourceCase
{
    string Name { get; }

    Task LooksAsync(ResourceService service);

    Task<bool> ListsAsync(ResourceService service);

    Task<string?> ChangesAsync(ResourceService service);

    Task<bool> DeletesAsync(ResourceService service);

    Task IsUnknownAsync(ResourceService service, ResourcePlace? place = null);

    Task RefusesPathsAsync(ResourceService service);
}
