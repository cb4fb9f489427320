using System.Collections;
using System.Management.Automation;
using System.Reflection;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Sessions;

namespace ChatPS.Parameters;

/// <summary>The parameters that a session holds for <c>Invoke-ChatCompletion</c>.</summary>
internal static class SessionParameters
{
    // A session has these itself, and what it has runs one after the other.
    private static readonly string[] Own = ["System", "Model", "Connection", "Tool"];
    private static readonly string[] Useless = ["ThrottleLimit", "AsCompleted"];

    /// <summary>Reads what a user gives to <c>-Parameter</c>.</summary>
    /// <param name="given">Names and values.</param>
    /// <returns>The same, checked, by the exact names of the parameters.</returns>
    /// <exception cref="ChatServiceException">A parameter does not exist, cannot be set so, or its value does not fit.</exception>
    public static Dictionary<string, object?> Read(IDictionary? given)
    {
        Dictionary<string, object?> parameters = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in given ?? new Hashtable())
        {
            PropertyInfo parameter = Find(PlainObject.Text(entry.Key));
            PresetParameters.Convert(parameter, entry.Value, Fail);
            parameters[parameter.Name] = entry.Value;
        }

        return parameters;
    }

    /// <summary>Finds a parameter that a session may hold.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ChatServiceException">There is none, or a session does not hold it.</exception>
    public static PropertyInfo Find(string name)
    {
        if (Own.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw Fail($"'{name}' is not set there.", $"Give it to New-ChatSession as -{name}.");
        }

        if (PresetParameters.IsCommandOnly(name) || Useless.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw Fail($"a session does not hold '{name}'.", $"Give -{name} to Invoke-ChatCompletion itself.");
        }

        return PresetParameters.Find(name) is { } parameter && !Own.Concat(Useless).Contains(parameter.Name, StringComparer.Ordinal)
            ? parameter
            : throw Fail($"Invoke-ChatCompletion has no parameter '{name}'.", "Use the names that Get-Help Invoke-ChatCompletion -Parameter * shows.");
    }

    /// <summary>Sets what the session holds and the command was not given.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="session">The session.</param>
    public static void Apply(PSCmdlet cmdlet, ChatSession session)
    {
        (string Name, object? Value)[] own = [("System", session.System), ("Model", session.Model), ("Connection", session.Connection)];
        foreach ((string name, object? value) in own.Where(one => one.Value is not null))
        {
            PresetParameters.Apply(cmdlet, PresetParameters.Find(name)!, () => value);
        }

        if (session.Tools.Length > 0)
        {
            PresetParameters.Apply(cmdlet, PresetParameters.Find("Tool")!, () => session.Tools.Select(tool => ToolNames.Resolve(cmdlet, tool, FailTool)).ToArray());
        }

        foreach (KeyValuePair<string, object?> one in session.Parameters)
        {
            PropertyInfo parameter = Find(one.Key);
            PresetParameters.Apply(cmdlet, parameter, () => PresetParameters.Convert(parameter, one.Value, Fail));
        }
    }

    private static ChatServiceException Fail(string message, string recommendedAction) => Failures.Invalid($"-Parameter: {message}", recommendedAction);

    private static ChatServiceException FailTool(string message, string recommendedAction) => Failures.Invalid($"-Session: {message}", recommendedAction);
}
