#if NET8_0_OR_GREATER
using System.Reflection;
using System.Runtime.Loader;

namespace ChatPS.Module;

/// <summary>
/// Where the engine and its dependencies live. It knows the module's own folder only, and leaves to the framework what the
/// framework has in the version that is asked for or a later one.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private readonly string _folder = Path.Combine(Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!, "engine");
    private readonly string? _images;

    private EngineLoadContext()
        : base("ChatPS") => _images = NativeImages.Find(_folder);

    /// <summary>The only one, made when it is first asked for.</summary>
    public static EngineLoadContext Instance { get; } = new();

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == "ChatPS.Objects")
        {
            return typeof(ChatMessage).Assembly;
        }

        string file = assemblyName.Name + ".dll";
        string path = Path.Combine(_folder, file);
        if (!File.Exists(path) || FrameworkHas(assemblyName, file))
        {
            return null;
        }

        string image = Path.Combine(_images ?? _folder, file);
        return LoadFromAssemblyPath(File.Exists(image) ? image : path);
    }

    // What can be both here and there bears the framework's own version: 8.0.0.0, 9.0.0.0, 10.0.0.0. To read it from the file
    // would cost more than all else here.
    private static bool FrameworkHas(AssemblyName asked, string file) =>
        asked.Version?.Major <= Environment.Version.Major && File.Exists(Path.Combine(Framework, file));
}
#endif
