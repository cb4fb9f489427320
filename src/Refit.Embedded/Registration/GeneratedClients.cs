using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Refit;

/// <summary>The implementations that the generator wrote; the module initializer of their assembly registers them.</summary>
internal static class GeneratedClients
{
    private static readonly ConcurrentDictionary<Type, Func<HttpClient, RefitSettings, object>> Factories = new();

    public static void Register<T>(Func<HttpClient, RefitSettings, T> factory)
        where T : class => Factories[typeof(T)] = factory;

    public static object Create(Type type, HttpClient client, RefitSettings settings) => GetFactory(type)(client, settings);

    private static Func<HttpClient, RefitSettings, object> GetFactory(Type type)
    {
        if (!Factories.TryGetValue(type, out Func<HttpClient, RefitSettings, object>? factory))
        {
            // Naming a type does not run the module initializer of its assembly; running its code does.
            RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);
            if (!Factories.TryGetValue(type, out factory))
            {
                throw new InvalidOperationException($"{type} has no generated implementation. Is it an interface with a Refit attribute on each method, and does its project reference Refit.Embedded.Generator as an analyzer?");
            }
        }

        return factory;
    }
}
