using System.Collections;
using System.Collections.Specialized;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ChatPS.Typed;

internal enum TypeForm
{
    /// <summary>One string, number or boolean.</summary>
    Scalar,

    /// <summary>Whatever one string, number or boolean says.</summary>
    Any,

    /// <summary>One of the names of an enumeration, or several where it is one of flags.</summary>
    Names,

    /// <summary>Items of one type.</summary>
    List,

    /// <summary>Keys and values.</summary>
    Map,

    /// <summary>Properties.</summary>
    Object,
}

/// <summary>What a type looks like in JSON and how it is built: found out once for each type, and forgotten with the type.</summary>
internal sealed class TypeContract
{
    // Classes that PowerShell compiles are collected when nothing holds them any more.
    private static readonly ConditionalWeakTable<Type, TypeContract> Cache = new();

    private static readonly Type[] ListTypes = [typeof(IEnumerable), typeof(ICollection), typeof(IList), typeof(ArrayList)];
    private static readonly Type[] MapTypes = [typeof(IDictionary), typeof(IOrderedDictionary), typeof(Hashtable), typeof(OrderedDictionary)];

    private TypeContract(Type type) => Type = type;

    public Type Type { get; }

    public TypeForm Form { get; private set; }

    /// <summary>How a scalar reads and writes.</summary>
    public Scalar? Scalar { get; private set; }

    /// <summary>The type of a list's items or a map's values.</summary>
    public Type? Item { get; private set; }

    /// <summary>The type of a map's keys.</summary>
    public Type? Key { get; private set; }

    /// <summary>An enumeration's names as they are written, and the values.</summary>
    public IReadOnlyDictionary<string, object> Names { get; private set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Whether an enumeration is one of flags, of which several may be set.</summary>
    public bool IsFlags { get; private set; }

    /// <summary>Whether the items of a list are all different.</summary>
    public bool IsSet { get; private set; }

    public IReadOnlyList<MemberContract> Members { get; private set; } = [];

    /// <summary>The constructor that takes the members; null if they are set one by one.</summary>
    public ConstructorInfo? Constructor { get; private set; }

    /// <summary>Looks at a type; not at those of its members.</summary>
    /// <param name="type">The type, not a nullable value.</param>
    /// <param name="path">Where it stands, for the error.</param>
    /// <returns>What it looks like.</returns>
    /// <exception cref="ChatServiceException">The type cannot be told in JSON or cannot be built.</exception>
    public static TypeContract Of(Type type, string path) => Cache.TryGetValue(type, out TypeContract? known)
        ? known
        : Cache.GetValue(type, key => Create(key, path));

    private static TypeContract Create(Type type, string path)
    {
        TypeContract contract = new(type);
        string? problem = contract.Fill();
        return problem is null ? contract : throw Unusable(type, path, problem);
    }

    private static ChatServiceException Unusable(Type type, string path, string problem) => Client.Faults.Failures.Invalid(
        $"-OutputType: {path} is of type {Named(type)}, which {problem}.",
        "Use a class with public properties of text, numbers, dates, enumerations, lists, or such classes; or leave the property out with [Hidden()] or [JsonIgnore].");

    private static string Named(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Named))}>"
        : type.Name;

    private string? Fill()
    {
        Scalar = Scalar.Of(Type);
        if (Scalar is not null)
        {
            Form = TypeForm.Scalar;
            return null;
        }

        if (Type == typeof(object) || Type == typeof(System.Management.Automation.PSObject))
        {
            Form = TypeForm.Any;
            return null;
        }

        return Excluded() ?? (Type.IsEnum ? FillNames() : FillMap() || FillList() ? null : FillObject());
    }

    private string? Excluded() =>
        Type.IsPointer || Type.IsByRef || Type == typeof(IntPtr) || Type == typeof(UIntPtr) || Type == typeof(void) ? "is an address in memory"
        : Type.ContainsGenericParameters ? "is generic with its parts left open"
        : typeof(Delegate).IsAssignableFrom(Type) || Type.Name is "ScriptBlock" ? "is code"
        : typeof(Stream).IsAssignableFrom(Type) || typeof(System.Threading.Tasks.Task).IsAssignableFrom(Type) || typeof(MemberInfo).IsAssignableFrom(Type) ? "is no data"
        : Type.Name is "SecureString" or "PSCredential" or "NetworkCredential" ? "holds a secret; a model must not make one up"
        : Type.IsArray && Type.GetArrayRank() > 1 ? "is an array of several dimensions"
        : null;

    private string? FillNames()
    {
        Form = TypeForm.Names;
        IsFlags = Type.IsDefined(typeof(FlagsAttribute), inherit: false);
        Dictionary<string, object> names = new(StringComparer.Ordinal);
        foreach (FieldInfo field in Type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            names[MemberAttributes.EnumName(field)] = Enum.Parse(Type, field.Name);
        }

        Names = names;
        return names.Count > 0 ? null : "is an enumeration without names";
    }

    private bool FillMap()
    {
        Type? map = Interfaces().FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() is { } open && (open == typeof(IDictionary<,>) || open == typeof(IReadOnlyDictionary<,>)));
        bool isLoose = Array.IndexOf(MapTypes, Type) >= 0;
        if (map is null && !isLoose)
        {
            return false;
        }

        Type[] parts = map?.GetGenericArguments() ?? [typeof(string), typeof(object)];
        Form = TypeForm.Map;
        (Key, Item) = (parts[0], parts[1]);
        Type made = typeof(Dictionary<,>).MakeGenericType(parts);
        return isLoose || Type.IsAssignableFrom(made) || (CanCreate(Type) && typeof(IDictionary).IsAssignableFrom(Type));
    }

    private bool FillList()
    {
        Type? item = Type.IsArray ? Type.GetElementType()
            : Array.IndexOf(ListTypes, Type) >= 0 ? typeof(object)
            : Interfaces().FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
        if (item is null)
        {
            return false;
        }

        Form = TypeForm.List;
        Item = item;
        IsSet = Interfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition().Name is "ISet`1" or "IReadOnlySet`1");
        return Type.IsArray || Array.IndexOf(ListTypes, Type) >= 0 || ListMaker.CanMake(Type, item);
    }

    private string? FillObject()
    {
        Form = TypeForm.Object;
        if (Type.IsInterface || Type.IsAbstract)
        {
            return "is abstract: nothing says which class to build";
        }

        if (typeof(IEnumerable).IsAssignableFrom(Type))
        {
            return "is a collection that cannot be filled";
        }

        List<PropertyInfo> properties = Properties();
        ConstructorInfo? parameterless = Type.GetConstructor(System.Type.EmptyTypes);
        List<PropertyInfo> settable = [.. properties.Where(property => property.SetMethod is { IsPublic: true })];
        if (settable.Count == 0 || (parameterless is null && !Type.IsValueType))
        {
            Constructor = Type.GetConstructors()
                .Where(constructor => constructor.GetParameters() is { Length: > 0 } parameters && parameters.All(parameter => Matching(properties, parameter) is not null))
                .OrderByDescending(constructor => constructor.GetParameters().Length)
                .FirstOrDefault();
        }

        Members = Constructor is null
            ? [.. settable.Select(property => new MemberContract(property, null))]
            : [.. Constructor.GetParameters().Select(parameter => new MemberContract(Matching(properties, parameter)!, parameter)),
                .. settable.Where(property => Constructor.GetParameters().All(parameter => !Same(property, parameter))).Select(property => new MemberContract(property, null))];
        Members = [.. Members.Where(member => !member.IsIgnored || member.Parameter is not null)];
        return Constructor is null && parameterless is null && !Type.IsValueType ? "has no public constructor that takes nothing, and none that takes its properties"
            : Members.Count == 0 ? "has no public property that can be set"
            : Members.GroupBy(member => member.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice ? $"has two properties that JSON calls '{twice.Key}'"
            : null;
    }

    private static PropertyInfo? Matching(List<PropertyInfo> properties, ParameterInfo parameter) => properties.Find(property => Same(property, parameter));

    private static bool Same(PropertyInfo property, ParameterInfo parameter) =>
        string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && property.PropertyType == parameter.ParameterType;

    // A base class's come first; of one that a derived class hides, the derived one counts.
    private List<PropertyInfo> Properties() =>
    [
        .. Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod is { IsPublic: true })
            .GroupBy(property => property.Name, StringComparer.Ordinal)
            .Select(group => group.OrderByDescending(property => Depth(property.DeclaringType!)).First())
            .OrderBy(property => Depth(property.DeclaringType!)),
    ];

    private static int Depth(Type type)
    {
        int depth = 0;
        for (Type? parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            depth++;
        }

        return depth;
    }

    private static bool CanCreate(Type type) => !type.IsAbstract && type.GetConstructor(System.Type.EmptyTypes) is not null;

    private IEnumerable<Type> Interfaces() => Type.IsInterface ? Type.GetInterfaces().Prepend(Type) : Type.GetInterfaces();
}
