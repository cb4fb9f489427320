using System.Collections.Concurrent;

namespace ChatPS.Client.Connections;

/// <summary>The models that each service listed last.</summary>
public static class KnownModels
{
    private static readonly ConcurrentDictionary<Uri, IReadOnlyList<string>> Names = new();

    /// <summary>Keeps a list.</summary>
    /// <param name="service">The address of the service.</param>
    /// <param name="names">The names of its models.</param>
    public static void Remember(Uri service, IReadOnlyList<string> names) => Names[service] = names;

    /// <summary>Gets a list.</summary>
    /// <param name="service">The address of the service.</param>
    /// <returns>The names of its models; null where none was asked for yet.</returns>
    public static IReadOnlyList<string>? Find(Uri service) => Names.TryGetValue(service, out IReadOnlyList<string>? names) ? names : null;

    /// <summary>Forgets all lists.</summary>
    public static void Clear() => Names.Clear();
}
