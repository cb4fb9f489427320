using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests;

internal static class Gens
{
    public static Gen<IReadOnlyList<T>> Several<T>(this Gen<T> gen, int least, int most) =>
        from count in Gen.Choose(least, most)
        from items in gen.ListOf(count)
        select (IReadOnlyList<T>)[.. items];
}
