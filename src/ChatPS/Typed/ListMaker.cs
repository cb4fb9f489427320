using System.Collections;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace ChatPS.Typed;

/// <summary>Builds lists of any type from their items.</summary>
internal static class ListMaker
{
    public static bool CanMake(Type type, Type item) => Builder(type, item) is not null;

    /// <summary>Builds a list.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="item">The type of its items.</param>
    /// <param name="items">The items, of that type.</param>
    /// <returns>The list.</returns>
    public static object Make(Type type, Type item, IReadOnlyList<object?> items)
    {
        Array array = Array.CreateInstance(item, items.Count);
        for (int index = 0; index < items.Count; index++)
        {
            array.SetValue(items[index], index);
        }

        return type.IsInstanceOfType(array) && (type.IsArray || !type.IsGenericType) ? array
            : type == typeof(ArrayList) ? new ArrayList(array)
            : Invoke(Builder(type, item)!, array);
    }

    private static object Invoke(ConstructorInfo builder, Array array)
    {
        try
        {
            object list = builder.GetParameters().Length == 0 ? builder.Invoke(null) : builder.Invoke([array]);
            if (builder.GetParameters().Length == 0)
            {
                MethodInfo add = typeof(ICollection<>).MakeGenericType(array.GetType().GetElementType()!).GetMethod("Add")!;
                foreach (object? item in array)
                {
                    add.Invoke(list, [item]);
                }
            }

            return list;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            ExceptionDispatchInfo.Capture(exception.InnerException).Throw();
            throw;
        }
    }

    // A list that takes its items at once, or an empty one to which they are added; for an interface the usual class.
    private static ConstructorInfo? Builder(Type type, Type item)
    {
        Type? made = type.IsAbstract ? Usual(type, item) : type;
        return made is null ? null
            : made.GetConstructor([typeof(IEnumerable<>).MakeGenericType(item)])
            ?? made.GetConstructor([typeof(IList<>).MakeGenericType(item)])
            ?? (typeof(ICollection<>).MakeGenericType(item).IsAssignableFrom(made) ? made.GetConstructor(Type.EmptyTypes) : null);
    }

    private static Type? Usual(Type type, Type item) =>
        new[] { typeof(List<>), typeof(HashSet<>) }.Select(open => open.MakeGenericType(item)).FirstOrDefault(type.IsAssignableFrom);
}
