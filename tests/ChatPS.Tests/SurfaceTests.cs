using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using ChatPS.Commands;
using ChatPS.Pipeline;

namespace ChatPS.Tests;

public sealed class SurfaceTests
{
    private static readonly string[] SilentVerbs = ["Clear", "Disconnect", "Export", "Remove", "Save", "Stop"];
    private static readonly string[] ChangingVerbs = ["Connect", "Disconnect", "Start", "Stop", "Remove", "Clear", "Set", "Save", "Export", "Limit"];
    private static readonly string[] Engine = ["ChatPS.Client", "ChatPS.Sandbox", "ChatPS.Api"];

    private static readonly string[] CommonParameters =
    [
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable", "InformationVariable",
        "OutVariable", "OutBuffer", "PipelineVariable", "WhatIf", "Confirm", "UseTransaction", "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf",
    ];

    public static TheoryData<Type> Cmdlets => [.. Surface.Cmdlets];

    public static TheoryData<Type> AllTypes => [.. Surface.Module.GetTypes()];

    public static TheoryData<Type> PublicTypes => [.. Surface.Module.GetExportedTypes().Concat(Surface.Objects.GetExportedTypes())];

    [Fact]
    public void Module_Cmdlets_AreExactlyThoseThatTheManifestExports() =>
        Assert.Equal(Exported(), Surface.Cmdlets.Select(Surface.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Docs_Pages_AreExactlyTheCmdlets() => Assert.Equal(
        Exported(), Directory.GetFiles(Repository.PathOf("docs/cmdlets"), "*.md").Select(page => Path.GetFileNameWithoutExtension(page)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlet_Name_HasAnApprovedVerbAndASingularNounWithPrefix(Type cmdlet)
    {
        Assert.Contains(Surface.Verb(cmdlet), ApprovedVerbs());
        Assert.Matches("^Chat[A-Z][A-Za-z]*(?<!s)$", Surface.Noun(cmdlet));
        Assert.Equal($"{Surface.Verb(cmdlet)}{Surface.Noun(cmdlet)}Command", cmdlet.Name);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlet_ThatEmits_DeclaresPublicOutputTypes(Type cmdlet)
    {
        Type[] outputs = [.. Surface.Attributes<OutputTypeAttribute>(cmdlet)
            .SelectMany(attribute => attribute.ConstructorArguments)
            .SelectMany(argument => argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many.Select(item => item.Value) : [argument.Value])
            .OfType<Type>()];

        // What saves an object that has a place of its own then tells the place, and what runs in the background emits the job.
        Assert.Equal(SilentVerbs.Contains(Surface.Verb(cmdlet)) && !typeof(ParallelCmdlet).IsAssignableFrom(cmdlet) && !typeof(SaveMediaCmdlet).IsAssignableFrom(cmdlet) && cmdlet != typeof(ExportChatEmbeddingCommand) && !outputs.Contains(typeof(FileInfo)), outputs.Length == 0);
        Assert.All(outputs, output => Assert.True(output.Assembly == Surface.Objects || output == typeof(bool) || output == typeof(FileInfo) || output == typeof(PSObject) || output == typeof(ChatJob), output.FullName));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlet_Class_IsSealedWithAPublicConstructor(Type cmdlet)
    {
        Assert.True(cmdlet.IsSealed);
        Assert.NotNull(cmdlet.GetConstructor(Type.EmptyTypes));
        Assert.True(typeof(PSCmdlet).IsAssignableFrom(cmdlet));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlet_ThatChangesStateOrNothingAtAll_SaysSoByWhatIf(Type cmdlet)
    {
        // What is made or added at a service stays there.
        bool changes = ChangingVerbs.Contains(Surface.Verb(cmdlet)) || (Surface.Verb(cmdlet) is "New" or "Add" && cmdlet.IsSubclassOf(typeof(ServiceCmdlet)));

        // What asks may cost something without changing anything, and what is received is saved.
        Assert.True(Surface.SupportsShouldProcess(cmdlet) ? changes || Surface.Verb(cmdlet) is "Invoke" or "Compress" || typeof(SaveMediaCmdlet).IsAssignableFrom(cmdlet) || typeof(BudgetCmdlet).IsAssignableFrom(cmdlet) : !changes);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlet_ThatCallsAService_TakesConnectionAndHatches(Type cmdlet)
    {
        string[] common = ["Connection", "TimeoutSec", "MaxRetry", "AdditionalHeader", "AdditionalQuery", "AdditionalBody"];

        // Vectors are measured here.
        Assert.True(cmdlet.IsSubclassOf(typeof(ServiceCmdlet)) || Surface.Verb(cmdlet) is not ("Invoke" or "Test" or "Measure") || cmdlet == typeof(MeasureChatSimilarityCommand));
        Assert.Equal(cmdlet.IsSubclassOf(typeof(ServiceCmdlet)), common.All(name => Surface.Parameters(cmdlet).Any(parameter => parameter.Name == name)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameters_NamesAndAliases_AreUniqueAndFree(Type cmdlet)
    {
        string[] names = [.. Surface.Parameters(cmdlet).SelectMany(parameter => Surface.Attributes<AliasAttribute>(parameter)
            .SelectMany(alias => (IEnumerable<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!)
            .Select(alias => (string)alias.Value!)
            .Prepend(parameter.Name))];

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(names.Intersect(CommonParameters, StringComparer.OrdinalIgnoreCase));
        Assert.All(Surface.Parameters(cmdlet), parameter => Assert.True(parameter is { SetMethod.IsPublic: true, GetMethod.IsPublic: true }, parameter.Name));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameters_Model_NeverComesFromThePipeline(Type cmdlet) => Assert.All(
        Surface.Parameters(cmdlet).Where(parameter => parameter.Name == "Model").SelectMany(Surface.Attributes<ParameterAttribute>),
        attribute => Assert.DoesNotContain(attribute.NamedArguments, argument => argument.MemberName.StartsWith("ValueFromPipeline", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameters_Keys_AreSecureStrings(Type cmdlet) => Assert.All(
        Surface.Parameters(cmdlet).Where(parameter => parameter.Name.EndsWith("ApiKey", StringComparison.Ordinal)),
        parameter => Assert.Equal(typeof(System.Security.SecureString), parameter.PropertyType));

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void PublicMember_Always_NamesOnlyOurOwnTypesAndTheFrameworks(Type type)
    {
        IEnumerable<Type> named = type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .SelectMany(Visible)
            .Concat(type.GetInterfaces())
            .Append(type.BaseType ?? typeof(object))
            .SelectMany(Surface.Parts)
            .Distinct();

        Assert.All(named, part => Assert.True(IsOurs(part.Assembly) || IsFramework(part.Assembly), $"{part} of {part.Assembly.GetName().Name}"));
    }

    // PowerShell lists all types of the module before the resolver is installed that would find the engine.
    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Type_Always_LoadsWithoutTheEngine(Type type)
    {
        IEnumerable<Type> needed = type.GetInterfaces()
            .Append(type.BaseType ?? typeof(object))
            .Concat(type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Select(field => field.FieldType)
                .Where(field => field.IsValueType))
            .SelectMany(Surface.Parts);

        Assert.All(needed, part => Assert.DoesNotContain(part.Assembly.GetName().Name, Engine));
    }

    [Fact]
    public void Objects_Assembly_NeedsNothingButTheFramework() =>
        Assert.All(Surface.Objects.GetReferencedAssemblies(), name => Assert.True(name.Name!.StartsWith("System", StringComparison.Ordinal) || name.Name == "netstandard", name.Name));

    private static IEnumerable<string> Exported()
    {
        string manifest = Repository.Read("ChatPS.psd1");
        string block = Regex.Match(manifest, @"CmdletsToExport\s*=\s*@\((?<names>[^)]*)\)", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups["names"].Value;
        return Regex.Matches(block, "'(?<name>[^']+)'", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> ApprovedVerbs() => typeof(VerbsCommon).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == "System.Management.Automation" && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<Type> Visible(MemberInfo member) => member switch
    {
        MethodBase { IsPublic: false, IsFamily: false, IsFamilyOrAssembly: false } => [],
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        FieldInfo { IsPublic: true } field => [field.FieldType],
        FieldInfo { IsFamily: true } field => [field.FieldType],
        _ => [],
    };

    private static bool IsOurs(Assembly assembly) => assembly == Surface.Module || assembly == Surface.Objects;

    private static bool IsFramework(Assembly assembly) =>
        assembly == typeof(PSCmdlet).Assembly || assembly == typeof(object).Assembly
        || (assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal) && Path.GetDirectoryName(assembly.Location) == Path.GetDirectoryName(typeof(object).Assembly.Location));
}
