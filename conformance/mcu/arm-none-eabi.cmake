# Debian's gcc-arm-none-eabi with newlib, for a Cortex-M3.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_CXX_FLAGS_INIT "-mthumb -mcpu=cortex-m3")
# There is nothing yet that a test program could start from.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
