using System.Globalization;
using System.Reflection;
using ChatPS.ModuleBuilder;

namespace ChatPS.Module.Tests;

/// <summary>What users of the module can rely on, a line each: the public objects with their members, the cmdlets with their parameters.</summary>
internal static class PublicSurface
{
    /// <summary>Reads the surface of one edition.</summary>
    /// <param name="folder">Its folder in the module.</param>
    /// <returns>The lines: objects first, then cmdlets, in order.</returns>
    public static IReadOnlyList<string> Read(string folder)
    {
        ModuleAssemblies assemblies = new(folder);
        return
        [
            .. assemblies.Objects.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(type => Members(type).Order(StringComparer.Ordinal).Prepend(Line(type))),
            .. CmdletReader.Read(assemblies.Cmdlets.GetExportedTypes()).SelectMany(cmdlet => Parameters(cmdlet).Order(StringComparer.Ordinal).Prepend(Line(cmdlet))),
        ];
    }

    private static string Line(Type type)
    {
        Type? parent = type.BaseType == typeof(object) ? null : type.BaseType;
        IEnumerable<Type> interfaces = type.GetInterfaces().Except(parent?.GetInterfaces() ?? []);
        return $"{type.FullName} : {string.Join(", ", new[] { parent }.OfType<Type>().Concat(interfaces).Select(Name).Prepend(Kind(type)))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetMembers(Declared).Select(Member).OfType<string>().Select(line => $"{type.FullName}.{line}");
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string? Member(MemberInfo member) => member switch
    {
        PropertyInfo property when Accessors(property) is { Length: > 0 } accessors => $"{property.Name} : {Name(property.PropertyType)} {{ {accessors} }}",
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily => $"{field.Name} : {Field(field)}",
        EventInfo { AddMethod: { } add } happening when IsVisible(add) => $"{happening.Name} : event {Name(happening.EventHandlerType!)}",
        ConstructorInfo constructor when IsVisible(constructor) => Signature("new", constructor),
        MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Signature(method.Name, method)} : {Name(method.ReturnType)}",
        _ => null,
    };

    private static string Accessors(PropertyInfo property)
    {
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") == true;
        return string.Join(' ', new[] { (property.GetMethod, "get;"), (property.SetMethod, isInit ? "init;" : "set;") }
            .Where(accessor => accessor.Item1 is { } method && IsVisible(method))
            .Select(accessor => (accessor.Item1!.IsStatic ? "static " : "") + accessor.Item2));
    }

    private static string Field(FieldInfo field) => field.IsLiteral
        ? string.Create(CultureInfo.InvariantCulture, $"{Name(field.FieldType)} = {field.GetRawConstantValue() ?? "null"}")
        : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)}";

    private static string Signature(string name, MethodBase method)
    {
        IEnumerable<string> parameters = method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? " = " + (parameter.RawDefaultValue ?? "null") : "")}");
        return $"{(method is { IsStatic: true } ? "static " : "")}{name}({string.Join(", ", parameters)})";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Line(CmdletDeclaration cmdlet)
    {
        string?[] traits =
        [
            cmdlet.DefaultParameterSet is { } set ? $"default set {set}" : null,
            cmdlet.SupportsShouldProcess ? "WhatIf" : null,
            cmdlet.HasDynamicParameters ? "dynamic parameters" : null,
            cmdlet.OutputTypes.Count > 0 ? "emits " + string.Join(", ", cmdlet.OutputTypes) : null,
        ];
        return $"{cmdlet.Name} : {string.Join("; ", traits.OfType<string>())}".TrimEnd(' ', ':');
    }

    private static IEnumerable<string> Parameters(CmdletDeclaration cmdlet) =>
        cmdlet.Parameters.Select(parameter => $"{cmdlet.Name} -{parameter.Name} : {string.Join("; ", Traits(parameter).Prepend(parameter.TypeName))}");

    private static IEnumerable<string> Traits(ParameterDeclaration parameter)
    {
        if (parameter.Aliases.Count > 0)
        {
            yield return "alias " + string.Join(", ", parameter.Aliases);
        }

        if (parameter.Values.Count > 0)
        {
            yield return string.Join(" | ", parameter.Values);
        }

        if (parameter.AcceptsWildcards)
        {
            yield return "wildcards";
        }

        foreach (ParameterSetMembership membership in parameter.Sets.OrderBy(membership => membership.Set, StringComparer.Ordinal))
        {
            string?[] traits =
            [
                membership.IsInAll ? null : $"set {membership.Set}",
                membership.Mandatory ? "mandatory" : null,
                membership.Position is { } position ? string.Create(CultureInfo.InvariantCulture, $"position {position}") : null,
                membership.FromPipeline ? "pipeline" : null,
                membership.FromPipelineByPropertyName ? "pipeline by name" : null,
                membership.FromRemainingArguments ? "remaining arguments" : null,
            ];
            if (string.Join(", ", traits.OfType<string>()) is { Length: > 0 } place)
            {
                yield return place;
            }
        }
    }

    private static string Name(Type type)
    {
        if (type.HasElementType)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "&");
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
