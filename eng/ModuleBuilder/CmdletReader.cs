using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace ChatPS.ModuleBuilder;

/// <summary>Reads the cmdlets of an assembly. Attributes are read as data: PowerShell's reference assembly runs nothing.</summary>
internal static class CmdletReader
{
    public static IReadOnlyList<CmdletDeclaration> Read(string assemblyPath)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(assemblyPath))!;
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Resolve(directory, new AssemblyName(request.Name).Name!);
        return Read(Assembly.LoadFrom(Path.GetFullPath(assemblyPath)).GetExportedTypes());
    }

    public static IReadOnlyList<CmdletDeclaration> Read(IEnumerable<Type> types) =>
        [.. types.Where(type => !type.IsAbstract).Select(Declaration).OfType<CmdletDeclaration>().OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];

    private static Assembly? Resolve(string directory, string name) =>
        new[] { directory, Path.Combine(directory, "engine") }
            .Select(folder => Path.Combine(folder, name + ".dll"))
            .Where(File.Exists)
            .Select(Assembly.LoadFrom)
            .FirstOrDefault();

    private static CmdletDeclaration? Declaration(Type type)
    {
        if (Attributes<CmdletAttribute>(type).FirstOrDefault() is not { } cmdlet)
        {
            return null;
        }

        return new CmdletDeclaration((string)cmdlet.ConstructorArguments[0].Value!, (string)cmdlet.ConstructorArguments[1].Value!)
        {
            DefaultParameterSet = Named<string>(cmdlet, nameof(CmdletAttribute.DefaultParameterSetName)),
            SupportsShouldProcess = Named<bool>(cmdlet, nameof(CmdletAttribute.SupportsShouldProcess)),
            HasDynamicParameters = type.GetInterface(nameof(IDynamicParameters)) is not null,
            OutputTypes = [.. Attributes<OutputTypeAttribute>(type).SelectMany(OutputTypes).Distinct(StringComparer.Ordinal)],
            Parameters = [.. type.GetProperties().Select(Parameter).OfType<ParameterDeclaration>()],
        };
    }

    private static ParameterDeclaration? Parameter(PropertyInfo property)
    {
        var sets = Attributes<ParameterAttribute>(property)
            .Where(attribute => !Named<bool>(attribute, nameof(ParameterAttribute.DontShow)))
            .Select(Membership)
            .ToList();
        if (sets.Count == 0)
        {
            return null;
        }

        return new ParameterDeclaration(property.Name, TypeName(property.PropertyType))
        {
            Sets = sets,
            AcceptsWildcards = Attributes<SupportsWildcardsAttribute>(property).Any(),
            Aliases = [.. Attributes<AliasAttribute>(property).SelectMany(Strings)],
            Values = Values(property),
            DefaultValue = Attributes<PSDefaultValueAttribute>(property).Select(Default).FirstOrDefault(),
        };
    }

    private static ParameterSetMembership Membership(CustomAttributeData attribute) =>
        new(Named<string>(attribute, nameof(ParameterAttribute.ParameterSetName)) ?? ParameterSetMembership.All)
        {
            Mandatory = Named<bool>(attribute, nameof(ParameterAttribute.Mandatory)),
            Position = Named<int?>(attribute, nameof(ParameterAttribute.Position)),
            FromPipeline = Named<bool>(attribute, nameof(ParameterAttribute.ValueFromPipeline)),
            FromPipelineByPropertyName = Named<bool>(attribute, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)),
            FromRemainingArguments = Named<bool>(attribute, nameof(ParameterAttribute.ValueFromRemainingArguments)),
        };

    private static List<string> Values(PropertyInfo property)
    {
        var set = Attributes<ValidateSetAttribute>(property).SelectMany(Strings).ToList();
        var type = property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return set.Count > 0 || !type.IsEnum ? set : [.. type.GetEnumNames()];
    }

    private static string? Default(CustomAttributeData attribute) =>
        Named<string>(attribute, nameof(PSDefaultValueAttribute.Help))
        ?? Convert.ToString(Named<object>(attribute, nameof(PSDefaultValueAttribute.Value)), System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> OutputTypes(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.SelectMany(Flatten).Select(argument => argument.Value switch
        {
            Type type => type.FullName!,
            var name => (string)name!,
        });

    private static IEnumerable<string> Strings(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.SelectMany(Flatten).Select(argument => argument.Value).OfType<string>();

    private static IEnumerable<CustomAttributeTypedArgument> Flatten(CustomAttributeTypedArgument argument) =>
        argument.Value is ReadOnlyCollection<CustomAttributeTypedArgument> items ? items : [argument];

    private static IEnumerable<CustomAttributeData> Attributes<T>(MemberInfo member) where T : Attribute =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.FullName == typeof(T).FullName);

    private static T? Named<T>(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => (T?)argument.TypedValue.Value).FirstOrDefault();

    private static string TypeName(Type type)
    {
        if (type.IsArray)
        {
            return TypeName(type.GetElementType()!) + "[]";
        }

        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (!plain.IsGenericType)
        {
            return plain.Name;
        }

        var arguments = string.Join(", ", plain.GetGenericArguments().Select(TypeName));
        return $"{plain.Name[..plain.Name.IndexOf('`', StringComparison.Ordinal)]}<{arguments}>";
    }
}
