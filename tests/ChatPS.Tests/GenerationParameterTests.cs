using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using ChatPS.Client.Generations;
using ChatPS.Commands;

namespace ChatPS.Tests;

/// <summary>What the families of long generations say of themselves: PowerShell makes parameters of it.</summary>
public sealed class GenerationParameterTests
{
    private static readonly string[] Common =
    [
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable", "WhatIf", "Confirm",
        "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf",
    ];

    private static readonly Regex Pascal = new("^[A-Z][A-Za-z0-9]*$", RegexOptions.CultureInvariant);

    public static TheoryData<string> Services => [.. GenerationCatalog.Services];

    [Fact]
    public void Cmdlets_ThatHandIn_AreFound() => Assert.Contains(typeof(StartChatGenerationCommand), Cmdlets());

    // PowerShell takes a name that begins a fixed one for that, before it asks for parameters of the action.
    [Theory]
    [MemberData(nameof(Services))]
    public void Parameter_OfEachFamily_IsTakenForNoFixedOne(string service)
    {
        foreach (Type cmdlet in Cmdlets())
        {
            string[] @fixed = [.. Surface.Parameters(cmdlet).SelectMany(Names), .. Common];
            Assert.All(Parameters(service), parameter => Assert.DoesNotContain(@fixed, name => name.StartsWith(parameter.Name, StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Family_OfEachName_TellsOfItselfInWholeSentences(string service)
    {
        Assert.Matches(Pascal, service);
        Assert.NotEmpty(GenerationCatalog.ActionsOf(service));
        Assert.All(GenerationCatalog.ActionsOf(service), action => AssertTold(action.Name, action.Help));
        Assert.All(Parameters(service), parameter => AssertTold(parameter.Name, parameter.Help));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Parameter_OfEachFamily_CanBeMeant(string service)
    {
        IReadOnlyList<string> forms = GenerationCatalog.FormsOf(service);
        foreach (ActionDescription action in GenerationCatalog.ActionsOf(service))
        {
            Assert.True(action.Item is null || action.Parameters.Any(parameter => parameter.Name == action.Item), $"{action.Name}: there is no -{action.Item} for what is piped.");
            Assert.Equal([], action.Forms.Except(forms, StringComparer.Ordinal));
            Assert.All(action.Parameters, parameter =>
            {
                Assert.Equal([], parameter.Forms.Except(forms, StringComparer.Ordinal));
                Assert.True(!parameter.IsClosed || parameter.Values.Count > 1, $"{action.Name} -{parameter.Name} is closed, and has no choice.");
                Assert.Equal(parameter.Values.Distinct(StringComparer.OrdinalIgnoreCase), parameter.Values);
                Assert.True(parameter.Least is null || parameter.Most is null || parameter.Least <= parameter.Most, $"{action.Name} -{parameter.Name} has no room.");
            });
            Assert.True(
                action.Parameters.GroupBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase).All(same => same.Count() == 1 || same.All(parameter => parameter.Forms.Count > 0)),
                $"{action.Name} has a parameter twice.");
        }
    }

    // One word is one type in all families: what is learned of one is known of the others.
    [Fact]
    public void Parameter_OfOneName_IsOfOneKind()
    {
        string[] mixed =
        [
            .. GenerationCatalog.Services.SelectMany(service => Parameters(service).Select(parameter => (parameter.Name, Kind: KindOf(parameter.Type), Where: $"{service} {parameter.Type}")))
                .GroupBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Select(parameter => parameter.Kind).Distinct(StringComparer.Ordinal).Count() > 1 || same.Select(parameter => parameter.Name).Distinct(StringComparer.Ordinal).Count() > 1)
                .Select(same => $"-{same.Key}: {string.Join(", ", same.Select(parameter => parameter.Where).Distinct(StringComparer.Ordinal))}"),
        ];

        Assert.Equal([], mixed);
    }

    private static IEnumerable<Type> Cmdlets() => Surface.Cmdlets.Where(cmdlet => typeof(GenerationCmdlet).IsAssignableFrom(cmdlet));

    private static IEnumerable<ParameterDescription> Parameters(string service) => GenerationCatalog.ActionsOf(service).SelectMany(action => action.Parameters);

    private static IEnumerable<string> Names(PropertyInfo parameter) => Surface.Attributes<AliasAttribute>(parameter)
        .SelectMany(alias => (IReadOnlyCollection<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!)
        .Select(alias => (string)alias.Value!)
        .Append(parameter.Name);

    // One and several pictures are given alike.
    private static string KindOf(ParameterType type) => type is ParameterType.Picture or ParameterType.Pictures ? "Picture"
        : type is ParameterType.Integer or ParameterType.Number ? "Number"
        : type.ToString();

    private static void AssertTold(string name, string help)
    {
        Assert.Matches(Pascal, name);
        Assert.True(help is { Length: >= 8 and <= 200 } && char.IsUpper(help[0]) && help[help.Length - 1] == '.' && !help.Contains('<', StringComparison.Ordinal), $"{name}: {help}");
    }
}
