using System.Collections.Concurrent;

namespace Refit;

/// <summary>The settings of the clients of one container, each made once.</summary>
/// <param name="root">The container.</param>
internal sealed class ClientSettings(IServiceProvider root)
{
    private readonly ConcurrentDictionary<object, Lazy<RefitSettings>> _settings = new();

    /// <summary>Gets the settings of a registration.</summary>
    /// <param name="registration">What tells it from others.</param>
    /// <param name="create">Makes its settings.</param>
    public RefitSettings Get(object registration, Func<IServiceProvider, RefitSettings?>? create) =>
        _settings.GetOrAdd(registration, _ => new Lazy<RefitSettings>(() => create?.Invoke(root) ?? new RefitSettings())).Value;
}
