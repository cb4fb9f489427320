using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using ChatPS.Conversion;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>Parameters of <c>Invoke-ChatCompletion</c> that a session or a prompt file sets where the command does not.</summary>
internal static class PresetParameters
{
    private static readonly Dictionary<string, PropertyInfo> Known =
        ParameterKinds.Of(typeof(InvokeChatCompletionCommand)).ToDictionary(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the names of all parameters that a prompt file can set.</summary>
    public static IEnumerable<string> InPromptFile => Known.Values.Where(parameter => parameter.IsForPromptFile).Select(parameter => parameter.Name).OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>Finds a parameter by its name, or by the name of its field in OpenAI's description, such as <c>top_p</c> or <c>tools</c>.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The parameter, whoever may set it; null if there is none.</returns>
    public static PropertyInfo? Find(string name)
    {
        string plain = name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        string? match = new[] { plain, WithoutEnd(plain, "s"), WithoutEnd(plain, "ies") + "y" }.FirstOrDefault(Known.ContainsKey);
        return match is null ? null : Known[match];
    }

    /// <summary>Makes a value fit a parameter, by the rules that PowerShell has for parameters.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value.</param>
    /// <param name="fail">Makes the failure of what is wrong and the way out.</param>
    /// <returns>The value to set.</returns>
    public static object? Convert(PropertyInfo parameter, object? value, Func<string, string, ChatServiceException> fail)
    {
        Type type = Nullable.GetUnderlyingType(parameter.PropertyType) ?? parameter.PropertyType;
        bool isMistaken = (value is bool && IsNumber(type)) || (value is string && type == typeof(bool));
        if (isMistaken || !LanguagePrimitives.TryConvertTo(value, type, CultureInfo.InvariantCulture, out object? converted))
        {
            throw fail($"'{PlainObject.Text(value)}' does not fit -{parameter.Name}, which takes {Noun(type)}.", $"Correct it; see Get-Help Invoke-ChatCompletion -Parameter {parameter.Name}.");
        }

        try
        {
            // A variable knows how to run attributes such as ValidateSet.
            Collection<Attribute> attributes = [.. parameter.GetCustomAttributes<ValidateArgumentsAttribute>()];
            return attributes.Count == 0 ? converted : new PSVariable(parameter.Name, converted, ScopedItemOptions.None, attributes).Value;
        }
        catch (RuntimeException exception)
        {
            throw fail($"'{PlainObject.Text(value)}' does not fit -{parameter.Name}: {exception.Message}", $"Correct it; see Get-Help Invoke-ChatCompletion -Parameter {parameter.Name}.");
        }
    }

    /// <summary>Sets a parameter unless the command was given it.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="make">Makes the value.</param>
    public static void Apply(PSCmdlet cmdlet, PropertyInfo parameter, Func<object?> make)
    {
        // From here on it counts as given: it is sent, and belongs to what a checkpoint remembers.
        Dictionary<string, object> bound = cmdlet.MyInvocation.BoundParameters;
        if (!bound.ContainsKey(parameter.Name))
        {
            object? value = make();
            parameter.SetValue(cmdlet, value);
            bound[parameter.Name] = value!;
        }
    }

    private static string WithoutEnd(string name, string end) => name.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - end.Length) : name;

    private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(decimal);

    private static string Noun(Type type) => type == typeof(int) || type == typeof(long) ? "a whole number"
        : IsNumber(type) ? "a number"
        : type == typeof(bool) || type == typeof(SwitchParameter) ? "true or false"
        : typeof(System.Collections.IDictionary).IsAssignableFrom(type) ? "a hashtable"
        : type == typeof(Type) ? "a type"
        : "text";
}
