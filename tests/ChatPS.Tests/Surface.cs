using System.Management.Automation;
using System.Reflection;
using ChatPS.Pipeline;

namespace ChatPS.Tests;

/// <summary>What the cmdlets declare, read as data: PowerShell's reference assembly runs nothing.</summary>
internal static class Surface
{
    public static Assembly Module { get; } = typeof(AsyncCmdlet).Assembly;

    public static Assembly Objects { get; } = typeof(ChatMessage).Assembly;

    public static IReadOnlyList<Type> Cmdlets { get; } = [.. Module.GetExportedTypes().Where(type => Attribute<CmdletAttribute>(type) is not null)];

    public static string Verb(Type cmdlet) => (string)Attribute<CmdletAttribute>(cmdlet)!.ConstructorArguments[0].Value!;

    public static string Noun(Type cmdlet) => (string)Attribute<CmdletAttribute>(cmdlet)!.ConstructorArguments[1].Value!;

    public static string Name(Type cmdlet) => $"{Verb(cmdlet)}-{Noun(cmdlet)}";

    public static bool SupportsShouldProcess(Type cmdlet) =>
        Attribute<CmdletAttribute>(cmdlet)!.NamedArguments.Any(argument => argument is { MemberName: nameof(CmdletAttribute.SupportsShouldProcess), TypedValue.Value: true });

    public static IEnumerable<PropertyInfo> Parameters(Type cmdlet) => cmdlet.GetProperties().Where(property => Attribute<ParameterAttribute>(property) is not null);

    public static CustomAttributeData? Attribute<T>(MemberInfo member) => Attributes<T>(member).FirstOrDefault();

    public static IEnumerable<CustomAttributeData> Attributes<T>(MemberInfo member) => member.GetCustomAttributesData().Where(attribute => attribute.AttributeType == typeof(T));

    /// <summary>A type and all types that it is made of.</summary>
    public static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition())
        : [type];
}
