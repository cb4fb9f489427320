using System.Collections;
using System.Management.Automation;
using System.Reflection;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>The parameters that a session holds for <c>Invoke-ChatCompletion</c>.</summary>
internal static class SessionParameters
{
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

    /// <summary>Reads what a file of somebody else's may hold: nothing of it runs code of this machine, nor lets a server in that can.</summary>
    /// <param name="parameters">Names and values.</param>
    /// <returns>The same, checked, by the exact names of the parameters.</returns>
    /// <exception cref="ChatServiceException">A parameter cannot be set so by a file, or its value does not fit.</exception>
    public static Dictionary<string, object?> ReadFile(IDictionary parameters)
    {
        Dictionary<string, object?> read = Read(parameters);
        foreach (KeyValuePair<string, object?> one in read)
        {
            if (Find(one.Key).PropertyType == typeof(Type))
            {
                throw Fail($"a file names no type of .NET for {one.Key}.", $"Give -{one.Key} to Invoke-ChatCompletion itself.");
            }

            if (one.Key == nameof(InvokeChatCompletionCommand.BuiltInTool) && LanguagePrimitives.GetEnumerable(one.Value) is { } tools && tools.Cast<object?>().Any(tool => tool is not string))
            {
                throw Fail("a file names built-in tools by their words alone, such as web_search.", "Give -BuiltInTool with servers and settings to Invoke-ChatCompletion itself.");
            }
        }

        return read;
    }

    /// <summary>Finds a parameter that a session may hold.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ChatServiceException">There is none, or a session does not hold it.</exception>
    public static PropertyInfo Find(string name)
    {
        PropertyInfo parameter = PresetParameters.Find(name) ?? throw Fail($"Invoke-ChatCompletion has no parameter '{name}'.", "Use the names that Get-Help Invoke-ChatCompletion -Parameter * shows.");

        // What a session has itself is not held a second time.
        return typeof(NewChatSessionCommand).GetProperty(parameter.Name) is not null ? throw Fail($"'{parameter.Name}' is not set there.", $"Give it to New-ChatSession as -{parameter.Name}.")
            : parameter.IsForSession ? parameter
            : throw Fail($"a session does not hold '{parameter.Name}'.", $"Give -{parameter.Name} to Invoke-ChatCompletion itself.");
    }

    /// <summary>Sets what the session holds and the command was not given.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="session">The session.</param>
    public static void Apply(PSCmdlet cmdlet, ChatSession session)
    {
        (string Name, object? Value)[] own =
        [
            (nameof(InvokeChatCompletionCommand.System), session.System), (nameof(InvokeChatCompletionCommand.Model), session.Model), (nameof(InvokeChatCompletionCommand.Connection), session.Connection),
        ];
        foreach ((string name, object? value) in own.Where(one => one.Value is not null))
        {
            PropertyInfo parameter = PresetParameters.Find(name)!;
            PresetParameters.Apply(cmdlet, parameter, () => PresetParameters.Convert(parameter, value, Fail));
        }

        if (session.Tools.Length > 0)
        {
            PresetParameters.Apply(cmdlet, PresetParameters.Find(nameof(InvokeChatCompletionCommand.Tool))!, () => session.Tools.Select(tool => ToolNames.Resolve(cmdlet, tool, FailTool)).ToArray());
        }

        foreach (KeyValuePair<string, object?> one in session.Parameters)
        {
            PropertyInfo parameter = Find(one.Key);
            PresetParameters.Apply(cmdlet, parameter, () => IsPath(parameter, one.Value)
                ? throw Fail($"'{one.Value}' is a file, and a session names none for {parameter.Name}.", $"Give -{parameter.Name} to Invoke-ChatCompletion itself, or the session its content.")
                : PresetParameters.Convert(parameter, one.Value, Fail));
        }
    }

    // Text there is the path of a file. It was perhaps written by somebody else, as the whole session was.
    private static bool IsPath(PropertyInfo parameter, object? value) => parameter.Name == nameof(InvokeChatCompletionCommand.PriceTable) && value is string or PSObject { BaseObject: string };

    private static ChatServiceException Fail(string message, string recommendedAction) => Failures.Invalid($"-Parameter: {message}", recommendedAction);

    private static ChatServiceException FailTool(string message, string recommendedAction) => Failures.Invalid($"-Session: {message}", recommendedAction);
}
