using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Sandbox;

namespace ChatPS.Sandboxes;

/// <summary>Reads what users give to <c>-Response</c> and <c>-Fault</c> of Start-ChatSandbox.</summary>
internal sealed class SandboxScriptReader(Func<SandboxScripts> scripts)
{
    private static readonly string[] RuleNames = ["Prompt", "Model", "Path", "Response", "StatusCode"];
    private static readonly string[] Kinds = Enum.GetNames(typeof(SandboxFaultKind));
    private static readonly string[] FaultNames = ["Kind", "StatusCode", "RetryAfterSec", "ErrorCode", "ErrorType", "ErrorMessage", "Every", "Times", "Path", "Model", "Prompt"];

    /// <summary>Text or a script block answers everything; a hashtable is a rule, or pairs of a prompt's pattern and its answer.</summary>
    /// <param name="value">What the user gave.</param>
    /// <returns>The rules.</returns>
    public IEnumerable<SandboxRule> ReadRules(object? value)
    {
        object? bare = Bare.Of(value);
        if (AsDictionary(bare) is not { } dictionary)
        {
            return [new SandboxRule { Response = ReadResponse(bare) }];
        }

        Dictionary<string, object?> members = Members(dictionary);
        if (members.Keys.Any(name => RuleNames.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            RejectUnknown(members, RuleNames, "-Response");
            return
            [
                new SandboxRule
                {
                    Prompt = Text(members, "Prompt"),
                    Model = Text(members, "Model"),
                    Path = Text(members, "Path"),
                    Response = members.TryGetValue("Response", out object? response) ? ReadResponse(response) : null,
                    StatusCode = Integer(members, "StatusCode", 200, "-Response"),
                },
            ];
        }

        return members.Select(pair => new SandboxRule { Prompt = pair.Key, Response = ReadResponse(pair.Value) });
    }

    /// <summary>A kind's name, an HTTP status, or a hashtable.</summary>
    /// <param name="value">What the user gave.</param>
    /// <returns>The fault.</returns>
    public static SandboxFault ReadFault(object? value)
    {
        object? bare = Bare.Of(value);
        if (bare is int or long or string && int.TryParse(PlainObject.Text(bare), NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            return new SandboxFault { Kind = SandboxFaultKind.Status, StatusCode = CheckStatus(status) };
        }

        if (AsDictionary(bare) is not { } dictionary)
        {
            return new SandboxFault { Kind = ReadKind(PlainObject.Text(bare)) };
        }

        Dictionary<string, object?> members = Members(dictionary);
        RejectUnknown(members, FaultNames, "-Fault");
        return new SandboxFault
        {
            Kind = ReadKind(Text(members, "Kind") ?? nameof(SandboxFaultKind.Status)),
            StatusCode = CheckStatus(Integer(members, "StatusCode", 500, "-Fault")),
            RetryAfter = members.TryGetValue("RetryAfterSec", out object? wait) ? ReadWait(wait) : null,
            ErrorCode = Text(members, "ErrorCode"),
            ErrorType = Text(members, "ErrorType"),
            ErrorMessage = Text(members, "ErrorMessage"),
            Every = Integer(members, "Every", 1, "-Fault"),
            Times = Integer(members, "Times", int.MaxValue, "-Fault"),
            Path = Text(members, "Path"),
            Model = Text(members, "Model"),
            Prompt = Text(members, "Prompt"),
        };
    }

    private object? ReadResponse(object? value) => Bare.Of(value) switch
    {
        ScriptBlock script => scripts().Wrap(script),
        { } number when number.GetType().IsPrimitive => PlainObject.Text(number),
        _ => PlainObject.From(value),
    };

    private static int CheckStatus(int status) => status is >= 200 and < 600
        ? status
        : throw Failures.Invalid($"-Fault: {status} is not an HTTP status.", "Give a status from 200 to 599.");

    private static TimeSpan ReadWait(object? value) =>
        LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1_000_000
            ? TimeSpan.FromSeconds(seconds)
            : throw Failures.Invalid($"-Fault: RetryAfterSec is '{PlainObject.Text(value)}'; it must be a number of seconds.", "Correct RetryAfterSec.");

    private static SandboxFaultKind ReadKind(string name) => Enum.TryParse(name, ignoreCase: true, out SandboxFaultKind kind) && Array.IndexOf(Kinds, kind.ToString()) >= 0
        ? kind
        : throw Failures.Invalid($"-Fault: there is no fault '{name}'.", $"Use an HTTP status or one of {string.Join(", ", Kinds)}.");

    private static Dictionary<string, object?> Members(IDictionary dictionary)
    {
        Dictionary<string, object?> members = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in dictionary)
        {
            members[PlainObject.Text(entry.Key)] = entry.Value;
        }

        return members;
    }

    private static void RejectUnknown(Dictionary<string, object?> members, string[] known, string parameter)
    {
        if (members.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Failures.Invalid($"{parameter}: there is no '{unknown}'.", $"Use {string.Join(", ", known)}.");
        }
    }

    private static string? Text(Dictionary<string, object?> members, string name) => members.TryGetValue(name, out object? value) ? PlainObject.Text(value) : null;

    private static int Integer(Dictionary<string, object?> members, string name, int standard, string parameter) =>
        !members.TryGetValue(name, out object? value) ? standard
        : LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw Failures.Invalid($"{parameter}: {name} is '{PlainObject.Text(value)}'; it must be a whole number above 0.", $"Correct {name}.");

    // Read from JSON, a rule is a custom object.
    private static IDictionary? AsDictionary(object? value) =>
        value is PSObject custom ? custom.Properties.ToDictionary(property => property.Name, property => property.Value, StringComparer.OrdinalIgnoreCase) : value as IDictionary;

}
