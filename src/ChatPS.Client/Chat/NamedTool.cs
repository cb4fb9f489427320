using ChatPS.Client.Faults;

namespace ChatPS.Client.Chat;

/// <summary>One of the service's own tools that was asked for by its name alone. Such a name is looked up; what is given as an object is not doubted.</summary>
internal sealed class NamedTool : Dictionary<string, object?>
{
    /// <summary>Makes a tool of its name.</summary>
    /// <param name="name">The name.</param>
    public NamedTool(string name)
        : base(StringComparer.Ordinal)
    {
        Name = name;
        this["type"] = name;
    }

    /// <summary>The name, as it was given.</summary>
    public string Name { get; }

    /// <summary>Says that there is no such tool.</summary>
    /// <param name="dialect">The dialect of the service.</param>
    /// <param name="names">The names that are known there.</param>
    /// <returns>The error.</returns>
    public ChatServiceException Unknown(string dialect, IEnumerable<string> names) => Failures.Invalid(
        $"-BuiltInTool: '{Name}' is no tool that is known in the dialect {dialect}: {string.Join(", ", names)}.",
        $"Give one of these names. A tool that is newer than this module is sent as it is when it is given as a hashtable: @{{ type = '{Name}' }}.");
}
