using System.Collections.ObjectModel;
using System.Management.Automation;
using ChatPS.Client.Generations;
using ChatPS.Completion;
using ChatPS.Conversion;

namespace ChatPS.Parameters;

/// <summary>The parameters that a family's actions have of their own: PowerShell shows, completes and checks them like any others.</summary>
internal sealed class GenerationParameters
{
    private readonly Dictionary<string, ParameterDescription> _known = new(StringComparer.OrdinalIgnoreCase);

    private GenerationParameters()
    {
    }

    /// <summary>Gets them as PowerShell takes them.</summary>
    public RuntimeDefinedParameterDictionary Defined { get; } = [];

    /// <summary>Makes the parameters of actions.</summary>
    /// <param name="actions">The actions; where two have a parameter of one name, that of the first is shown.</param>
    /// <returns>The parameters.</returns>
    public static GenerationParameters Of(IEnumerable<ActionDescription> actions)
    {
        GenerationParameters parameters = new();
        foreach (ParameterDescription parameter in actions.SelectMany(action => action.Parameters).Where(parameter => !parameters._known.ContainsKey(parameter.Name)))
        {
            parameters._known[parameter.Name] = parameter;
            parameters.Defined.Add(parameter.Name, new RuntimeDefinedParameter(parameter.Name, TypeOf(parameter.Type), Attributes(parameter)));
        }

        return parameters;
    }

    /// <summary>Reads what was given.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>The values as the engine takes them, by name.</returns>
    /// <exception cref="ChatServiceException">A value cannot be used; it says why.</exception>
    public Dictionary<string, object?> Read(PSCmdlet cmdlet) => Defined.Values.Where(given => given.IsSet)
        .ToDictionary(given => given.Name, given => Convert(cmdlet, _known[given.Name], given.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a value.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="parameter">What it is for.</param>
    /// <param name="value">The value.</param>
    /// <returns>The value as the engine takes it.</returns>
    /// <exception cref="ChatServiceException">It cannot be used; it says why.</exception>
    public static object? Convert(PSCmdlet cmdlet, ParameterDescription parameter, object? value) => parameter.Type switch
    {
        ParameterType.Picture => GenerationPictures.Read(cmdlet, value, "-" + parameter.Name) is [var one]
            ? one
            : throw Client.Faults.Failures.Invalid($"-{parameter.Name} takes one picture.", "Give one picture."),
        ParameterType.Pictures => GenerationPictures.Read(cmdlet, value, "-" + parameter.Name).ToList<object?>(),
        ParameterType.Flag => value is SwitchParameter { IsPresent: true },
        _ => PlainObject.From(value, "-" + parameter.Name),
    };

    private static Type TypeOf(ParameterType type) => type switch
    {
        ParameterType.Text => typeof(string),
        ParameterType.Integer => typeof(long),
        ParameterType.Number => typeof(double),
        ParameterType.Flag => typeof(SwitchParameter),
        ParameterType.Texts => typeof(string[]),
        ParameterType.Pictures => typeof(object[]),
        _ => typeof(object),
    };

    private static Collection<Attribute> Attributes(ParameterDescription parameter)
    {
        Collection<Attribute> attributes = [new ParameterAttribute { HelpMessage = parameter.Help }];
        if (parameter.Type is not (ParameterType.Integer or ParameterType.Number or ParameterType.Flag))
        {
            attributes.Add(new ValidateNotNullOrEmptyAttribute());
        }

        if (parameter is { IsClosed: true, Values.Count: > 0 })
        {
            attributes.Add(new ValidateSetAttribute([.. parameter.Values]));
        }
        else if (parameter.Values.Count > 0)
        {
            attributes.Add(new ArgumentCompleterAttribute(typeof(GenerationValueCompleter)));
        }

        if (parameter is { Type: ParameterType.Integer or ParameterType.Number, Least: { } least, Most: { } most })
        {
            attributes.Add(parameter.Type == ParameterType.Integer ? new ValidateRangeAttribute((long)least, (long)most) : new ValidateRangeAttribute(least, most));
        }

        return attributes;
    }
}
