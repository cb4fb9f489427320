using System.Globalization;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Typed;

namespace ChatPS.Tests.Typed;

public sealed class TypedAnswerTests
{
    [Fact]
    public void Convert_Class_IsBuiltWithAllThatIsInIt()
    {
        Order order = Convert<Order>("""
            {"Id":"123e4567-e89b-12d3-a456-426614174000","ShipTo":{"Street":"Main St 1","City":"Springfield","Country":null},"BillTo":null,
             "Lines":[{"Sku":"a","Quantity":2}],"Notes":[{"key":"gift","value":"yes"}]}
            """);

        Assert.Equal(new Address("Main St 1", "Springfield", null), order.ShipTo);
        Assert.Null(order.BillTo);
        Assert.Equal(2, Assert.Single(order.Lines).Quantity);
        Assert.Equal("yes", order.Notes["gift"]);
    }

    [Fact]
    public void Convert_Flags_AreSetTogether() => Assert.Equal(Access.Read | Access.Run, Convert<Access>("""{"value":["Read","Run"]}"""));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("de-DE")]
    public void Convert_AnyCulture_ReadsTheSame(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            AllKinds all = Convert<AllKinds>("""{"D":1.5,"E":0.1234567890123456789,"F":"2024-02-29T12:30:00","G":"2024-02-29T12:30:00","H":"PT1.5S","L":"Friday"}""");

            Assert.Equal(1.5f, all.D);
            Assert.Equal(0.1234567890123456789m, all.E);
            Assert.Equal(new DateTime(2024, 2, 29, 12, 30, 0, DateTimeKind.Unspecified), all.F);
            Assert.Equal(TimeSpan.Zero, all.G!.Value.Offset);
            Assert.Equal(TimeSpan.FromSeconds(1.5), all.H);
            Assert.Equal(DayOfWeek.Friday, all.L);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(typeof(Person), """{"Age":"x"}""", "/Age: \"x\" is not a whole number from -2147483648 to 2147483647.")]
    [InlineData(typeof(Person), """{"Age":3000000000}""", "/Age: 3000000000 is not a whole number from -2147483648 to 2147483647.")]
    [InlineData(typeof(Person), """{"Age":null}""", "/Age: nothing (null) stands where a value of type Int32 is needed.")]
    [InlineData(typeof(Person), "[]", "(root): a list is not an object.")]
    [InlineData(typeof(Address), """{"Street":"a"}""", "(root): 'City' is missing.")]
    [InlineData(typeof(Order), """{"Lines":[{"Quantity":1},{"Quantity":1.5}]}""", "/Lines/1/Quantity: 1.5 is not a whole number from -2147483648 to 2147483647.")]
    [InlineData(typeof(Order), """{"Notes":[{"value":"x"}]}""", "/Notes/0: the entry has no key.")]
    [InlineData(typeof(DayOfWeek), """{"value":"Someday"}""", "/value: \"Someday\" is not one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday.")]
    [InlineData(typeof(int[]), """{"values":[]}""", "(root): 'items' is missing.")]
    [InlineData(typeof(Strict), """{"Even":3}""", "/Even: Strict.Even refuses it: Only even ones.")]
    public void Convert_WhatDoesNotFit_NamesThePlace(Type type, string json, string message)
    {
        Assert.True(PlainJsonReader.TryRead(json, out object? value, out _));

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => AnswerSchema.OfType(type).Convert(value));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Equal(message, failure.Message);
    }

    private static T Convert<T>(string json)
    {
        Assert.True(PlainJsonReader.TryRead(json, out object? value, out _));
        return Assert.IsType<T>(AnswerSchema.OfType(typeof(T)).Convert(value));
    }

    public class Strict
    {
        private int _even;

        public int Even
        {
            get => _even;
            set => _even = value % 2 == 0 ? value : throw new InvalidOperationException("Only even ones.");
        }
    }
}
