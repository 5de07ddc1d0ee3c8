using System.Reflection;
using System.Reflection.Emit;

namespace EcmrGateway.UnitTests.Risk;

/// <summary>What the code of a type refers to: types of members and locals, and members that methods use.</summary>
internal static class CodeReferences
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Types, as they are and inside arrays and generic arguments, and members.</summary>
    public static IEnumerable<MemberInfo> Of(Type type) => InMembers(type).SelectMany(WithParts).Distinct();

    private static IEnumerable<MemberInfo> InMembers(Type type)
    {
        foreach (var field in type.GetFields(Everything))
        {
            yield return field.FieldType;
        }

        MethodBase[] methods = [.. type.GetMethods(Everything), .. type.GetConstructors(Everything)];
        foreach (var method in methods)
        {
            foreach (var parameter in method.GetParameters())
            {
                yield return parameter.ParameterType;
            }

            if (method is MethodInfo { ReturnType: var returned })
            {
                yield return returned;
            }

            foreach (var member in InBody(method))
            {
                yield return member;
            }
        }
    }

    private static IEnumerable<MemberInfo> InBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        foreach (var local in body.LocalVariables)
        {
            yield return local.LocalType;
        }

        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (short)((0xFE << 8) | code[at + 1]) : code[at];
            var opCode = OpCodesByValue[value];
            at += opCode.Size;
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok)
            {
                yield return method.Module.ResolveMember(
                    BitConverter.ToInt32(code, at), method.DeclaringType!.GetGenericArguments(),
                    method.IsGenericMethod ? method.GetGenericArguments() : null)!;
            }

            at += OperandSize(opCode.OperandType, code, at);
        }
    }

    private static int OperandSize(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    private static IEnumerable<MemberInfo> WithParts(MemberInfo member)
    {
        yield return member;
        var type = member as Type ?? member.DeclaringType;
        if (type is { HasElementType: true })
        {
            type = type.GetElementType();
        }

        if (type is not null)
        {
            yield return type;
            foreach (var argument in type.GetGenericArguments().SelectMany(WithParts))
            {
                yield return argument;
            }
        }
    }
}
