using System.Collections;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Management.Automation;
using System.Net;
using System.Net.Mail;
using System.Numerics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ChatPS.Tests.Typed;

/// <summary>Types that a user might ask for.</summary>
internal static class Sample
{
    public static readonly Type[] Types =
    [
        typeof(string), typeof(char), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(BigInteger),
        typeof(float), typeof(double), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(Version),
        typeof(byte[]), typeof(IPAddress), typeof(MailAddress), typeof(Regex), typeof(DayOfWeek), typeof(Access), typeof(Level), typeof(int?), typeof(DayOfWeek?), typeof(object), typeof(string[]), typeof(int[]),
        typeof(int?[]), typeof(int[][]), typeof(List<string>), typeof(IList<int>), typeof(IEnumerable<double>), typeof(IReadOnlyList<Guid>), typeof(HashSet<string>), typeof(ISet<int>), typeof(IReadOnlySet<DayOfWeek>),
        typeof(SortedSet<int>), typeof(Collection<string>), typeof(ObservableCollection<int>), typeof(ReadOnlyCollection<int>), typeof(LinkedList<string>), typeof(Queue<int>), typeof(ArrayList), typeof(IList), typeof(object[]),
        typeof(Dictionary<string, int>), typeof(IDictionary<string, Person>), typeof(IReadOnlyDictionary<DayOfWeek, string[]>), typeof(SortedDictionary<int, string>), typeof(Dictionary<Guid, int?>), typeof(Hashtable),
        typeof(OrderedDictionary), typeof(IDictionary), typeof(Person), typeof(Person[]), typeof(List<Person>), typeof(Address), typeof(Order), typeof(Node), typeof(Node[]), typeof(Tree), typeof(Chicken), typeof(Point),
        typeof(Measure), typeof(ReadOnlyPoint), typeof(Employee), typeof(Bounded), typeof(Annotated), typeof(Renamed), typeof(AllKinds), typeof(Deep), typeof(Tuple<int, string>), typeof(KeyValuePair<string, int>), typeof(Box<Box<int>>),
        typeof(Twice), typeof(Required), typeof(Looping),
    ];

    public static readonly string[] Texts =
    [
        "name", "name, age int, tags string[], severity (low|medium|high), due date?, score number 0..10, address { street, city }, items { sku, qty int }[]",
        "team, urgency (1|2|3)", "ok bool", "a int?[]", "a int[]?", "when datetime, day date, at time, takes duration", "id guid, link uri, mail email", "x any", "n int 0..", "n number ..1.5", "code string 3..5",
        "list string[] 1..3", "o object { a, b { c { d int } } }?", "'first name' string 'what people call them', \"b\" (yes | 'no, never')", "a; b int\nc bool", "why: the reason why, n int: how many", "temperature number -40..60",
        "{ sku, qty int }[]", "{ a, b }", "tags (red|green|blue)[] 1..", "grid int[][]", "naïve, 名前 int",
    ];
}

[Flags]
public enum Access
{
    None = 0,
    Read = 1,
    Write = 2,
    Run = 4,
}

public enum Level
{
    [EnumMember(Value = "very low")]
    VeryLow,
    High,
}

/// <summary>Somebody.</summary>
public class Person
{
    public string Name { get; set; } = "";

    /// <summary>In full
    /// years, see <see cref="Name"/>.</summary>
    public int Age { get; set; }

    public string? Nickname { get; set; }

    public static string Shared { get; set; } = "";

    public bool IsAdult => Age >= 18;

    public string Secret { private get; set; } = "";
}

public class Employee : Person
{
    public decimal Salary { get; set; }

    public Person? Manager { get; set; }

    public new string Nickname { get; set; } = "";
}

/// <summary>A place.</summary>
/// <param name="Street">The street and the number.</param>
/// <param name="City">The town.</param>
/// <param name="Country">Null at home.</param>
public record Address(string Street, string City, string? Country);

public class Order
{
    public Guid Id { get; set; }

    public Address ShipTo { get; set; } = new("", "", null);

    public Address? BillTo { get; set; }

    public List<Line> Lines { get; set; } = [];

    public Dictionary<string, string> Notes { get; set; } = [];

    public class Line
    {
        public string Sku { get; set; } = "";

        [Range(1, 99)]
        public int Quantity { get; set; }
    }
}

public class Node
{
    public string Value { get; set; } = "";

    public Node? Next { get; set; }
}

public class Tree
{
    public int Value { get; set; }

    public List<Tree> Children { get; set; } = [];
}

#nullable disable
public class Chicken
{
    public string Name { get; set; }

    public Egg Egg { get; set; }
}

public class Egg
{
    public Chicken Hatched { get; set; }
}

public class Looping
{
    public Looping Left { get; set; }

    public Dictionary<string, Looping> Others { get; set; }
}
#nullable restore

[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public struct Point
{
    public int X { get; set; }

    public int Y { get; set; }
}

public readonly record struct Measure(double Amount, string Unit);

public sealed class ReadOnlyPoint(int x, int y)
{
    public int X { get; } = x;

    public int Y { get; } = y;
}

public class Bounded
{
    [ValidateSet("low", "high")]
    public string Severity { get; set; } = "";

    [ValidateSet("1", "2")]
    public int Urgency { get; set; }

    [ValidateSet("a", "b")]
    [ValidateCount(1, 3)]
    public string[] Letters { get; set; } = [];

    [ValidateRange(1, 10)]
    public int Score { get; set; }

    [ValidateLength(2, 4)]
    public string Code { get; set; } = "";

    [ValidatePattern("^[A-Z]{2}-[0-9]+$")]
    public string Ticket { get; set; } = "";

    [ValidatePattern(@"\A(?<x>a)")]
    public string Foreign { get; set; } = "";

    [ValidateNotNullOrEmpty]
    public string Given { get; set; } = "";
}

public class Annotated
{
    [Range(0.5, 1.5)]
    [Description("From half to one and a half.")]
    public double Factor { get; set; }

    [Range(0, double.MaxValue)]
    public double Positive { get; set; }

    [StringLength(5, MinimumLength = 2)]
    public string Text { get; set; } = "";

    [MinLength(1)]
    [MaxLength(2)]
    public List<int> Few { get; set; } = [];

    [RegularExpression("[a-c]+")]
    public string Abc { get; set; } = "";

    [EmailAddress]
    public string Mail { get; set; } = "";

    [EnumDataType(typeof(DayOfWeek))]
    public string Day { get; set; } = "";

    [AllowedValues(1, 3)]
    public int Odd { get; set; }

    [Range(1, 5)]
    public int? Stars { get; set; }

    [ValidateSet("Monday")]
    public List<DayOfWeek?> Days { get; set; } = [];
}

public class Renamed
{
    [JsonPropertyName("first-name")]
    public string FirstName { get; set; } = "";

    [DataMember(Name = "n")]
    public int Number { get; set; }

    [JsonIgnore]
    public string Ignored { get; set; } = "";

    [IgnoreDataMember]
    public Stream? AlsoIgnored { get; set; }

    [Hidden]
    public Action? Hidden { get; set; }
}

public class Required
{
    [Required]
    public string? Needed { get; set; }

    [AllowNull]
    public string Free { get; set; } = "";

    public Level? Level { get; set; }

    public Access? Access { get; set; }

    public int[]? Numbers { get; set; }
}

public class AllKinds
{
    public bool A { get; set; }

    public byte B { get; set; }

    public ulong C { get; set; }

    public float D { get; set; }

    public decimal? E { get; set; }

    public DateTime F { get; set; }

    public DateTimeOffset? G { get; set; }

    public TimeSpan H { get; set; }

    public Uri? I { get; set; }

    public Version J { get; set; } = new(1, 0);

    public byte[] K { get; set; } = [];

    public DayOfWeek L { get; set; }

    public object? M { get; set; }

    public Hashtable N { get; set; } = [];

    public char O { get; set; }
}

public class Deep
{
    public Box<Box<Box<Box<Box<Person>>>>> Inner { get; set; } = new();
}

public class Box<T>
{
    public T Value { get; set; } = default!;
}

public class Twice
{
    [Description("Where it starts.")]
    public Point From { get; set; }

    public Point? To { get; set; }
}
