# A file as literals of a C++ source, for configure_file: one literal a line, for the longest that a compiler has to take. A change of
# the file configures anew.
function(embedded_text variable file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(REPLACE "\n" ")text\" \"\\n\"\n    R\"text(" text "${text}")
    set(${variable} "R\"text(${text})text\"" PARENT_SCOPE)
endfunction()
