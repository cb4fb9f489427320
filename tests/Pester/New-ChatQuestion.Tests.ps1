BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'New-ChatQuestion' {
    It 'makes a question of yes or no, with what they mean' {
        $question = New-ChatQuestion urgent 'Is this urgent?' -Yes 'money is lost' -No 'it can wait' -Threshold 0.9
        $question | Should -BeOfType ChatPS.ChatQuestion
        $question.Type | Should -Be Predicate
        $question.Yes, $question.No | Should -BeExactly 'money is lost', 'it can wait'
        $question.Threshold | Should -Be 0.9
        "$question" | Should -BeExactly 'urgent: Is this urgent?'
    }

    It 'reads the text as a line where nothing else is said' {
        (New-ChatQuestion team 'which team (billing|sales)').Options.Value | Should -BeExactly 'billing', 'sales'
        (New-ChatQuestion urgency 'how urgent 0..3').Levels.Value | Should -Be 0, 1, 2, 3
    }

    It 'takes options as a list, and booleans stay booleans' {
        $question = New-ChatQuestion paid 'Has it been paid?' -Choice $true, $false, 'partly'
        $question.Type | Should -Be Choice
        $question.Options[0].Value | Should -BeOfType bool
        $question.Options[2].Value | Should -BeExactly 'partly'
    }

    It 'takes options from an ordered table as they stand, from any other by the alphabet' {
        (New-ChatQuestion q t -Choice ([ordered]@{ b = 'one'; a = '' })).Options | ForEach-Object { "$($_.Value)=$($_.Description)" } | Should -BeExactly 'b=one', 'a='
        (New-ChatQuestion q t -Choice @{ d = 1; b = 2; c = 3; a = 4 }).Options.Value | Should -BeExactly 'a', 'b', 'c', 'd'
        (New-ChatQuestion q t -Choice ('{"z":"last","a":null}' | ConvertFrom-Json)).Options.Value | Should -BeExactly 'z', 'a'
    }

    It 'numbers levels from 0, from -Minimum, or as they say' {
        (New-ChatQuestion q t -Level calm, cross).Levels | ForEach-Object { "$($_.Value)=$($_.Label)" } | Should -BeExactly '0=calm', '1=cross'
        (New-ChatQuestion q t -Level ([ordered]@{ calm = 'no threats'; cross = '' }) -Minimum 1).Levels | ForEach-Object { "$($_.Value)=$($_.Label):$($_.Description)" } | Should -BeExactly '1=calm:no threats', '2=cross:'
        (New-ChatQuestion q t -Level (2..4)).Levels.Value | Should -Be 2, 3, 4
        (New-ChatQuestion q t -Minimum -1 -Maximum 1).Levels.Label | Should -BeExactly '-1', '0', '1'
    }

    It 'refuses <What>, and says why' -ForEach @(
        @{ What = 'one option'; Script = { New-ChatQuestion q t -Choice a }; Said = '*1 option;*' }
        @{ What = 'no options'; Script = { New-ChatQuestion q t -Choice @() }; Said = '*0 options*' }
        @{ What = 'options that are not there'; Script = { New-ChatQuestion q t -Choice $null }; Said = '*0 options*' }
        @{ What = 'two options that differ in case'; Script = { New-ChatQuestion q t -Choice a, A }; Said = "*'A' twice*" }
        @{ What = 'an empty option'; Script = { New-ChatQuestion q t -Choice a, '' }; Said = '*empty option*' }
        @{ What = 'levels without an order'; Script = { New-ChatQuestion q t -Level @{ a = 1; b = 2 } }; Said = '*no order*' }
        @{ What = 'levels with gaps'; Script = { New-ChatQuestion q t -Level 1, 3 }; Said = '*follow each other*' }
        @{ What = 'a scale that runs down'; Script = { New-ChatQuestion q t -Minimum 5 -Maximum 1 }; Said = '*5..1*' }
        @{ What = 'a name with blanks'; Script = { New-ChatQuestion 'two words' t }; Said = "*'two words'*" }
        @{ What = 'a threshold below a half'; Script = { New-ChatQuestion q t -Threshold 0.4 }; Said = '*0.4*' }
    ) {
        $failure = @(Get-Failure $Script)
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failure[0].Exception.Message | Should -BeLike $Said
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
